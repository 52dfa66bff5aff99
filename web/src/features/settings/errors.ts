import { ApiProblem, sentenceOf } from '~/api';

/** What the server says about one field, to be shown at it. */
export function errorAt(error: unknown, field: string): string | undefined {
  if (!(error instanceof ApiProblem)) return undefined;
  return error.fields.find((f) => f.field === field || f.field === `body.${field}`)?.detail;
}

/** The sentence for an error that belongs to none of the fields. */
export function errorApart(error: unknown, ...fields: string[]): string | undefined {
  if (!error || fields.some((f) => errorAt(error, f))) return undefined;
  return sentenceOf(error);
}

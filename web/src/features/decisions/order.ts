/** A ranking while it is being made: options in order, each perhaps on the place of the one before. */
export type Ranked = { key: string; equal: boolean }[];

/** The ranking as the server keeps it: places, best first. */
export function placesOf(list: Ranked): string[][] {
  const out: string[][] = [];
  for (const { key, equal } of list) {
    const last = out.at(-1);
    if (equal && last) last.push(key);
    else out.push([key]);
  }
  return out;
}

export const rankedOf = (places: string[][]): Ranked =>
  places.flatMap((group) => group.map((key, i) => ({ key, equal: i > 0 })));

/** Takes an option to another place of the list; there it stands alone. */
export function moved(list: Ranked, from: number, to: number): Ranked {
  const at = Math.max(0, Math.min(list.length - 1, to));
  const one = list[from];
  if (!one || at === from) return list;
  const rest = loosened(list, from);
  rest.splice(at, 0, { key: one.key, equal: false });
  return firstAlone(rest);
}

export const added = (list: Ranked, key: string): Ranked => [...list, { key, equal: false }];
export const without = (list: Ranked, at: number): Ranked => firstAlone(loosened(list, at));

/** Says that an option is as good as the one before it, or that it is not. */
export const tied = (list: Ranked, at: number): Ranked =>
  list.map((x, i) => (i === at && i > 0 ? { ...x, equal: !x.equal } : x));

/** The place of each option, counted as in sports: after two firsts comes a third. */
export function numbersOf(list: Ranked): number[] {
  const out: number[] = [];
  list.forEach((x, i) => {
    out.push(x.equal && i > 0 ? (out[i - 1] ?? 1) : i + 1);
  });
  return out;
}

/** The list without one; what was equal to it stays equal to what is left of its place. */
function loosened(list: Ranked, at: number): Ranked {
  const gone = list[at];
  return list
    .filter((_, i) => i !== at)
    .map((x, i) => (i === at && !gone?.equal ? { ...x, equal: false } : x));
}

const firstAlone = (list: Ranked): Ranked => list.map((x, i) => (i === 0 ? { ...x, equal: false } : x));

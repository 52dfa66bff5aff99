import { t } from '@lingui/core/macro';
import { Link } from '@tanstack/react-router';
import type { PersonRef } from '~/api/types';

/** "PN" of "Priya Nair"; one letter for one word. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = words[0]?.[0] ?? '?';
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : '';
  return (first + last).toUpperCase();
}

/** A stable hue for a name, 0 to 7. */
export function hueOf(name: string): number {
  let sum = 0;
  for (const char of name) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 9973;
  return sum % 8;
}

/** A person's face: initials on a colour of their own. Decoration; the name stands beside it. */
export function Face({ name, size = 34 }: { name: string; size?: number }) {
  return (
    <span
      className={`face hue-${hueOf(name)}`}
      style={{ inlineSize: size, blockSize: size, fontSize: size * 0.37 }}
      aria-hidden
    >
      {initialsOf(name)}
    </span>
  );
}

/** A person's name as text, kept whole in any direction of writing. */
export const Name = ({ person }: { person: Pick<PersonRef, 'name'> }) => <bdi>{person.name}</bdi>;

/** A person as a small chip with face and name; a link to their card unless plain. */
export function Person({
  person,
  plain = false,
  note,
}: {
  person: PersonRef;
  plain?: boolean;
  note?: string;
}) {
  const inner = (
    <>
      <Face name={person.name} size={20} />
      <Name person={person} />
      {person.bot && <span className="chip-note">{t`app`}</span>}
      {person.removed && <span className="chip-note">{t`left`}</span>}
      {note && <span className="chip-note">{note}</span>}
    </>
  );
  if (plain || person.bot || person.removed) return <span className="chip">{inner}</span>;
  return (
    <Link to="/people/$person" params={{ person: person.id }} className="chip">
      {inner}
    </Link>
  );
}

/** The people of a list, in one line: "Ana, Kofi and 2 others". */
export function People({ people, max = 3 }: { people: PersonRef[]; max?: number }) {
  const shown = people.slice(0, max);
  return (
    <span className="people">
      {shown.map((p) => (
        <Person key={p.id} person={p} plain />
      ))}
      {people.length > max && <span className="chip-note">+{people.length - max}</span>}
    </span>
  );
}

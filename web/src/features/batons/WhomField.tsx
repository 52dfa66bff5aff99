import { t } from '@lingui/core/macro';
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Wake, Whom } from '~/api/batons';
import { useNow } from '~/api/clock';
import { useMe } from '~/api/queries';
import type { Id } from '~/api/types';
import { PersonPicker } from '~/core/people';
import { When } from '~/kit';
import { cityOf, clockOf, shortWhen, windowWords } from '~/kit/time';
import { waysQuery } from './api';

export type Chosen = { way: string; person: Id | null; window: string };
export const nobodyYet: Chosen = { way: '', person: null, window: '' };

/** What is sent for a choice. */
export const whomOf = ({ way, person, window }: Chosen): Whom => ({
  chain: way.startsWith('chn_') ? way : undefined,
  to: way === 'person' ? (person ?? undefined) : undefined,
  window: window || undefined,
});
export const chosen = ({ way, person }: Chosen) => way.startsWith('chn_') || (way === 'person' && !!person);

type Props = {
  space: Id;
  value: Chosen;
  onChange: (value: Chosen) => void;
  /** Nobody is a choice too: it is kept. */
  optional?: boolean;
};

/** To whom work goes: whoever comes next in a chain, or a person; and when it would reach them. */
export function WhomField({ space, value, onChange, optional }: Props) {
  const me = useMe().person;
  const ways = useQuery(waysQuery(space, value.way === 'person' ? value.person : null, value.window)).data
    ?.items;
  const chains = (ways ?? []).filter((w) => w.chain);
  const folk = (ways ?? []).filter((w) => !w.chain);
  const way =
    value.way === 'person'
      ? folk.find((w) => w.person.id === value.person)
      : chains.find((w) => w.chain?.id === value.way);
  const soonest = folk.slice(0, 3).filter((w) => w.person.id !== value.person);
  return (
    <>
      <NativeSelect
        label={t`Hand it to`}
        value={value.way}
        onChange={(e) => onChange({ ...value, way: e.currentTarget.value })}
        data={[
          { value: '', label: optional ? t`nobody yet; keep it` : t`choose…` },
          ...chains.map((w) => ({
            value: w.chain?.id ?? '',
            label: t`the next of ${w.chain?.name ?? ''}: ${w.person.name}`,
          })),
          { value: 'person', label: t`a person…` },
        ]}
      />
      {value.way === 'person' && (
        <div>
          <PersonPicker
            label={t`Who`}
            required
            value={value.person}
            onChange={(person) => onChange({ ...value, person })}
            exclude={[me.id]}
          />
          {soonest.length > 0 && (
            <p className="due-note baton-soonest">
              {t`Awake first:`}{' '}
              {soonest.map((w) => (
                <button
                  key={w.person.id}
                  type="button"
                  className="baton-pick"
                  onClick={() => onChange({ ...value, person: w.person.id })}
                >
                  {w.person.name}
                </button>
              ))}
            </p>
          )}
        </div>
      )}
      {way && <Reached wake={way} />}
      {chosen(value) && (
        <NativeSelect
          label={t`Time to take it, of their own`}
          value={value.window}
          onChange={(e) => onChange({ ...value, window: e.currentTarget.value })}
          data={[
            { value: '', label: t`as usual` },
            ...['1h', '2h', '4h', '0d', '1d'].map((w) => ({ value: w, label: windowWords(w) })),
          ]}
        />
      )}
    </>
  );
}

/** When an offer would reach somebody, on both clocks, and until when it would wait. */
export function Reached({ wake }: { wake: Wake }) {
  const now = useNow();
  const { person, reach, due } = wake;
  const theirs = `${cityOf(person.zone)} ${clockOf(reach, person.zone)}`;
  return (
    <p className="due-note baton-reach" role="status">
      {Date.parse(reach) <= now + 60_000
        ? t`${person.name} is at work and sees it at once (${theirs}).`
        : t`It reaches ${person.name} ${shortWhen(reach, now, person.zone)} on their clock (${theirs}).`}{' '}
      {t`It waits for them until`} <When at={due} as="short" />.
    </p>
  );
}

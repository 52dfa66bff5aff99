import { t } from '@lingui/core/macro';
import { Button, NumberInput, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { decisions, sentenceOf } from '~/api';
import { useNow } from '~/api/clock';
import { keys, useMe } from '~/api/queries';
import { Wrong } from '~/kit';
import { dateOf } from '~/kit/time';
import { FairStrip } from './FairStrip';
import { hoursWords } from './words';
import { endOf, type Writing } from './writing';

type Props = {
  writing: Writing;
  space: string;
  set: (part: Partial<Writing>) => void;
  wrong: string;
};
const usual = [4, 8, 16, 24, 40];

/** When it ends: fairly, by everybody's own hours, or at a fixed time; and what comes of it. */
export function Ending({ writing: w, space, set, wrong }: Props) {
  const zone = useMe().person.zone;
  const now = useNow(60_000);
  const fair = w.hours > 0;
  return (
    <div className="dec-form">
      <SegmentedControl
        aria-label={t`How the end is found`}
        value={fair ? 'fair' : 'fixed'}
        onChange={(v) => set({ hours: v === 'fair' ? 16 : 0 })}
        data={[
          { value: 'fair', label: t`Everybody’s own hours` },
          { value: 'fixed', label: t`A fixed time` },
        ]}
      />
      {fair ? (
        <div className="dec-hours">
          <NumberInput
            label={t`Everybody gets at least, in hours of their own working time`}
            min={0.5}
            max={400}
            step={1}
            value={w.hours}
            onChange={(n) => set({ hours: Math.max(0.5, Number(n) || 0.5) })}
          />
          <div className="dec-buttons" role="group" aria-label={t`Usual shares`}>
            {usual.map((h) => (
              <Button
                key={h}
                size="compact-xs"
                variant={w.hours === h ? 'light' : 'default'}
                aria-pressed={w.hours === h}
                onClick={() => set({ hours: h })}
              >
                {hoursWords(h * 60)}
              </Button>
            ))}
          </div>
        </div>
      ) : (
        <TextInput
          type="datetime-local"
          label={t`Ends at (your clock)`}
          maw={260}
          min={`${dateOf(now, zone)}T00:00`}
          value={w.end}
          error={wrong}
          onChange={(e) => set({ end: e.currentTarget.value })}
        />
      )}
      <Switch
        label={t`End as soon as all have had their say`}
        disabled={w.rules.sealed}
        checked={w.rules.early && !w.rules.sealed}
        onChange={(e) => set({ rules: { ...w.rules, early: e.currentTarget.checked } })}
      />
      <Foreseen
        writing={w}
        space={space}
        onLeaveOut={(id) => set({ who: { ...w.who, people: w.who.people.filter((p) => p !== id) } })}
      />
    </div>
  );
}

/** What would come of opening it now, as the server foresees it. */
function Foreseen({
  writing: w,
  space,
  onLeaveOut,
}: {
  writing: Writing;
  space: string;
  onLeaveOut: (person: string) => void;
}) {
  const zone = useMe().person.zone;
  const end = endOf(w, zone);
  const ready = w.who.people.length + w.who.teams.length > 0 && (end.fair || end.end);
  const { people, teams } = w.who;
  const [asked] = useDebouncedValue(JSON.stringify({ space, rules: end, people, teams }), 250);
  const found = useQuery({
    queryKey: [...keys.forecast, 'decision', asked],
    queryFn: () => decisions.preview(JSON.parse(asked)),
    enabled: !!ready && !!space,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    retry: false,
  });
  if (!ready)
    return <p className="dec-note">{t`Name who is entitled, and see here when it would end for whom.`}</p>;
  if (found.error) return <Wrong says={sentenceOf(found.error)} />;
  if (!found.data) return <p className="dec-note">{t`Looking at everybody’s hours…`}</p>;
  return (
    <FairStrip
      preview={found.data}
      busy={found.isFetching}
      onLeaveOut={
        found.data.without && people.includes(found.data.without.person.id) ? onLeaveOut : undefined
      }
    />
  );
}

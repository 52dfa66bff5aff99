import { t } from '@lingui/core/macro';
import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useNow } from '~/api/clock';
import { ZonePicker } from '~/core/people';
import { Section, Wrong } from '~/kit';
import { cityOf, clockOf, dateOf } from '~/kit/time';
import { DatedList } from './DatedList';
import { dateWords } from './names';
import { readRanges } from './ranges';
import type { SpecDraft } from './useSpec';

/** Single days that differ from the week, and travel. */
export function DaysTab({ draft }: { draft: SpecDraft }) {
  return (
    <>
      <Section title={t`Days that differ`}>
        <p className="hint">{t`On these dates other hours count. Leave the hours empty for a day without work.`}</p>
        <DatedList
          label={t`Hours`}
          value={draft.spec.overrides ?? {}}
          read={readRanges}
          placeholder={t`not working`}
          empty={t`No day differs from your week.`}
          add={t`Add the day`}
          problem={(date) => draft.problem(`overrides.${date}`)}
          onChange={(overrides) => draft.change({ overrides })}
        />
      </Section>
      <Travel draft={draft} />
    </>
  );
}

/** Other zones from a date on; the last one holds. */
function Travel({ draft }: { draft: SpecDraft }) {
  const { spec, change } = draft;
  const now = useNow(60_000);
  const [from, setFrom] = useState('');
  const [zone, setZone] = useState(spec.zone);
  const periods = [...(spec.zones ?? [])].sort((a, b) => a.from.localeCompare(b.from));
  const add = () => {
    change({ zones: [...periods.filter((p) => p.from !== from), { from, zone }] });
    setFrom('');
  };
  return (
    <Section title={t`Travel`}>
      <p className="hint">
        {t`From a date on you live by another clock: your hours are read there. Add the day you come back as well.`}
      </p>
      {periods.length === 0 && (
        <p className="hint">{t`No travel planned. You are in ${cityOf(spec.zone)}.`}</p>
      )}
      <ul className="dated">
        {periods.map((period, i) => (
          <li key={period.from} className="dated-row">
            <span className="dated-date">{t`from ${dateWords(period.from)}`}</span>
            <span>
              <strong>{cityOf(period.zone)}</strong>{' '}
              <span className="due-note">{t`now ${clockOf(now, period.zone)} there`}</span>
              {draft.problem(`zones[${i}]`) && <span className="wrong"> {draft.problem(`zones[${i}]`)}</span>}
            </span>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={30}
              aria-label={t`Remove the travel from ${dateWords(period.from)}`}
              onClick={() => change({ zones: periods.filter((p) => p !== period) })}
            >
              <IconTrash size={15} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <Wrong says={draft.problem('zones')} />
      <form
        className="dated-row travel"
        onSubmit={(event) => {
          event.preventDefault();
          if (from && zone) add();
        }}
      >
        <TextInput
          type="date"
          label={t`From`}
          value={from}
          min={dateOf(now, spec.zone)}
          onChange={(event) => setFrom(event.target.value)}
        />
        <ZonePicker label={t`I am in`} value={zone} onChange={setZone} />
        <Button
          type="submit"
          size="xs"
          variant="default"
          disabled={!from}
          leftSection={<IconPlus size={14} />}
        >
          {t`Add travel`}
        </Button>
      </form>
    </Section>
  );
}

import './hours.css';
import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useNow } from '~/api/clock';
import type { Schedule } from '~/api/types';
import { Failed, Loading, Page, TabLinks, tabOf } from '~/kit';
import { cityOf, dateOf } from '~/kit/time';
import { AwayTab } from './AwayTab';
import { scheduleQuery } from './api';
import { BoundariesTab } from './BoundariesTab';
import { DaysTab } from './DaysTab';
import { FocusTab } from './FocusTab';
import { HolidaysTab } from './HolidaysTab';
import { Preview } from './Preview';
import { SaveBar } from './SaveBar';
import { savedDays, sketchDays, zoneOn } from './spec';
import { useSpec } from './useSpec';
import { WeekTab } from './WeekTab';

const route = getRouteApi('/shell/hours');

/** One's own hours: everything that decides when one may be reached. */
export function HoursPage() {
  const found = useQuery(scheduleQuery);
  if (found.data) return <Hours saved={found.data} reload={() => void found.refetch()} />;
  return (
    <Page title={t`My hours`} lead={' '}>
      {found.error ? <Failed error={found.error} retry={() => void found.refetch()} /> : <Loading rows={8} />}
    </Page>
  );
}

function Hours({ saved, reload }: { saved: Schedule; reload: () => void }) {
  const draft = useSpec(saved);
  const tabs = [
    { value: 'week', label: t`My week` },
    { value: 'focus', label: t`Focus and check times` },
    { value: 'days', label: t`Single days and travel` },
    { value: 'away', label: t`Away` },
    { value: 'holidays', label: t`Holidays` },
    { value: 'boundaries', label: t`Boundaries` },
  ];
  const tab = tabOf(tabs, route.useSearch().tab);
  const now = useNow(60_000);
  const here = zoneOn(draft.spec, dateOf(now, draft.spec.zone));
  const days = draft.dirty
    ? sketchDays(draft.spec, saved.calendars, saved.absences, dateOf(now, here))
    : savedDays(saved);
  useUndoKeys(draft.undo, draft.redo);
  return (
    <Page
      title={t`My hours`}
      lead={t`Nothing interrupts you outside of them. You are in ${cityOf(here)}.`}
      actions={<TabLinks to="/hours" label={t`Parts of your hours`} tabs={tabs} at={tab} />}
    >
      {tab === 'week' && <WeekTab draft={draft} />}
      {tab === 'focus' && <FocusTab draft={draft} />}
      {tab === 'days' && <DaysTab draft={draft} />}
      {tab === 'away' && <AwayTab absences={saved.absences} />}
      {tab === 'holidays' && <HolidaysTab />}
      {tab === 'boundaries' && <BoundariesTab />}
      {tab !== 'boundaries' && <Preview days={days} draft={draft} />}
      <SaveBar draft={draft} reload={reload} />
    </Page>
  );
}

/** Ctrl+Z and Ctrl+Shift+Z, except in a field, which has its own. */
function useUndoKeys(undo: () => void, redo: () => void) {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'z' || !(event.metaKey || event.ctrlKey)) return;
      if ((event.target as HTMLElement).closest?.('input, textarea, [role="dialog"]')) return;
      event.preventDefault();
      if (event.shiftKey) redo();
      else undo();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  });
}

import { t } from '@lingui/core/macro';
import { Switch } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { auth } from '~/api';
import type { Attention } from '~/api/types';
import { Failed, Loading, Section, toast } from '~/kit';
import { attentionQuery, useMine } from './api';

/** Whether digests come by mail too, and the consent to be paged outside of one's hours. */
export function Reach() {
  const found = useQuery(attentionQuery);
  const cache = useQueryClient();
  const save = useMine(auth.changeAttention, []);
  const now = found.data;
  if (!now)
    return found.error ? (
      <Failed error={found.error} retry={() => void found.refetch()} />
    ) : (
      <Loading rows={2} />
    );
  const set = (part: Partial<Attention>) => {
    const next = { ...now, ...part };
    cache.setQueryData(attentionQuery.queryKey, next);
    save.mutate(next, {
      onSuccess: () => toast(t`Saved.`),
      onError: () => cache.setQueryData(attentionQuery.queryKey, now),
    });
  };
  return (
    <Section title={t`What reaches me, and how`}>
      <div className="settings-form">
        <Switch
          label={t`Digests by mail too`}
          description={t`The inbox has them either way, at your check times.`}
          checked={now.mail}
          onChange={(event) => set({ mail: event.target.checked })}
        />
        <Switch
          label={t`I may be paged outside my hours`}
          description={t`Only for what is urgent, with a reason. Without your consent nothing urgent reaches you before you work again.`}
          checked={now.page_outside_hours}
          onChange={(event) => set({ page_outside_hours: event.target.checked })}
        />
        <p className="settings-hint">
          <Link to="/hours" search={{ tab: 'focus' }}>{t`Check times and focus are under My hours.`}</Link>
        </p>
      </div>
    </Section>
  );
}

import { t } from '@lingui/core/macro';
import { NativeSelect, Switch } from '@mantine/core';
import type { Attention } from '~/api/types';

type Props = { now: Attention; busy: boolean; onChange: (next: Attention) => void };

/** What comes by mail, kind by kind, and how it looks. */
export function MailKinds({ now, busy, onChange }: Props) {
  const digest = { value: 'digest', label: t`With the digest` };
  const none = { value: 'none', label: t`Not by mail` };
  const kinds = [
    {
      key: 'mail_asks' as const,
      label: t`What you are asked`,
      data: [{ value: 'each', label: t`Each in a mail by itself` }, digest, none],
    },
    { key: 'mail_news' as const, label: t`What became of your own asks`, data: [digest, none] },
    { key: 'mail_info' as const, label: t`Mentions, posts and conclusions`, data: [digest, none] },
  ];
  return (
    <div className="set-form">
      {kinds.map(({ key, label, data }) => (
        <NativeSelect
          key={key}
          label={label}
          data={data}
          value={now[key] ?? 'digest'}
          disabled={busy}
          onChange={(e) => onChange({ ...now, [key]: e.currentTarget.value })}
        />
      ))}
      <Switch
        label={t`Plain text`}
        description={t`Mail without HTML, for programs that like it better.`}
        checked={now.mail_plain ?? false}
        disabled={busy}
        onChange={(e) => onChange({ ...now, mail_plain: e.currentTarget.checked })}
      />
    </div>
  );
}

import { t } from '@lingui/core/macro';
import { Button, Group, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useNow } from '~/api/clock';
import { useMe } from '~/api/queries';
import { whenOf } from '~/kit/time';

/** The link of a new invitation. The server keeps only its hash, so it is shown this once. */
export function LinkOnce({ link, expires, onClose }: { link: string; expires: string; onClose: () => void }) {
  const { zone } = useMe().person;
  const now = useNow();
  const field = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState('');
  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(link);
      setSaid(t`Copied.`);
    } catch {
      // Without https a browser keeps its clipboard to itself.
      setSaid(t`The link is marked. Copy it with Ctrl+C or ⌘C.`);
    }
  };
  return (
    <div className="admin-form">
      <p className="admin-words">
        {t`Send this link to the person. It works once, until ${whenOf(expires, now, zone)}, and is not shown again.`}
      </p>
      <TextInput
        ref={field}
        label={t`Link`}
        readOnly
        value={link}
        onFocus={(event) => event.target.select()}
      />
      <p className="admin-words" role="status">
        {said}
      </p>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t`Done`}
        </Button>
        <Button data-autofocus onClick={() => void copy()}>
          {t`Copy the link`}
        </Button>
      </Group>
    </div>
  );
}

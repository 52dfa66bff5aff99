import '~/core/compose/compose.css';
import { t } from '@lingui/core/macro';
import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Space } from '~/api/types';
import { Empty, Failed, Loading, Section, toast } from '~/kit';
import { windowWords } from '~/kit/time';
import { spaceMailQuery } from './api';

/** How a thread here is started from a mail program. */
export function SpaceMail({ space }: { space: Space }) {
  const found = useQuery(spaceMailQuery(space.id));
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading rows={3} />;
  if (!found.data.own)
    return (
      <Empty title={t`No mail comes in here.`}>
        {t`Whoever runs this server can let mail in; then each space has an address.`}
      </Empty>
    );
  const usual = windowWords(space.windows.default);
  return (
    <Section title={t`Start a thread by mail`}>
      <p className="space-archive">
        <span>
          {t`The subject is the title. The members in To and Cc are asked for a reply; without any, it is for information. Write 4h or 1d in the subject for the time to answer, else it is ${usual}.`}
        </span>
      </p>
      <Address
        label={t`Your own address of this space`}
        description={t`It proves that a mail is yours. Do not pass it on.`}
        address={found.data.own}
      />
      {found.data.shared && (
        <Address
          label={t`The address that everybody may know`}
          description={t`Mail to it is taken when your mail provider signs it; otherwise you are asked first.`}
          address={found.data.shared}
        />
      )}
    </Section>
  );
}

function Address({ label, description, address }: { label: string; description: string; address: string }) {
  const field = useRef<HTMLInputElement>(null);
  const copy = () => {
    const copied = navigator.clipboard?.writeText(address) ?? Promise.reject(new Error('no clipboard'));
    copied.then(
      () => toast(t`The address is copied.`),
      () => {
        field.current?.select();
        toast(t`This browser does not let pages copy. The address is marked: copy it with the keyboard.`);
      },
    );
  };
  return (
    <div className="space-mail">
      <TextInput
        ref={field}
        label={label}
        description={description}
        readOnly
        value={address}
        onFocus={(e) => e.currentTarget.select()}
      />
      <Button variant="default" onClick={copy}>
        {t`Copy`}
      </Button>
    </div>
  );
}

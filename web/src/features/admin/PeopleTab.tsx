import { t } from '@lingui/core/macro';
import { Button, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { peopleQuery } from '~/api/queries';
import { matches } from '~/core/people';
import { Empty, Faces, Rows } from '~/kit';
import { PersonRow } from './PersonRow';
import { roleWord } from './words';

const atOnce = 100;

/** Everybody with their role; whoever may be changed is changed here. */
export function PeopleTab() {
  const list = useQuery(peopleQuery);
  const [q, setQ] = useState('');
  const [shown, setShown] = useState(atOnce);
  const everybody = list.data ?? [];
  const owners = everybody.filter((p) => p.role === 'owner' && p.state === 'active').length;
  const found = everybody.filter((p) =>
    matches(`${p.name} ${p.handle} ${p.email} ${p.title} ${roleWord(p.role)}`, q),
  );
  return (
    <>
      <TextInput
        mb="md"
        type="search"
        aria-label={t`Find somebody by name, e-mail or role`}
        placeholder={t`Name, e-mail or role`}
        leftSection={<IconSearch size={15} />}
        value={q}
        onChange={(event) => setQ(event.target.value)}
      />
      <Faces
        of={list}
        rows={8}
        isEmpty={() => found.length === 0}
        empty={
          q ? (
            <Empty title={t`Nobody fits “${q}”.`}>{t`Try part of a name or of an e-mail address.`}</Empty>
          ) : (
            <Empty title={t`Nobody has joined yet.`}>{t`Make an invitation to begin.`}</Empty>
          )
        }
      >
        {() => (
          <>
            <Rows label={t`People`}>
              {found.slice(0, shown).map((p) => (
                <li key={p.id}>
                  <PersonRow person={p} owners={owners} />
                </li>
              ))}
            </Rows>
            {found.length > shown && (
              <p>
                <Button variant="default" size="xs" onClick={() => setShown(shown + atOnce)}>
                  {t`Show more people`}
                </Button>
              </p>
            )}
          </>
        )}
      </Faces>
    </>
  );
}

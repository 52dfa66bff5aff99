import { t } from '@lingui/core/macro';
import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiProblem, sentenceOf } from '~/api';
import type { Workspace } from '~/api/types';
import { Faces, toast } from '~/kit';
import { useRename, workspaceQuery } from './api';

/** The workspace's own name. */
export function WorkspaceTab() {
  const workspace = useQuery(workspaceQuery);
  return (
    <Faces of={workspace} rows={1} isEmpty={() => false} empty={null}>
      {(found) => <NameForm key={found.name} workspace={found} />}
    </Faces>
  );
}

function NameForm({ workspace }: { workspace: Workspace }) {
  const [name, setName] = useState(workspace.name);
  const rename = useRename();
  const problem = rename.error;
  const wrong =
    problem && ((problem instanceof ApiProblem && problem.fields[0]?.detail) || sentenceOf(problem));
  const before = workspace.name;
  const same = name.trim() === before;
  return (
    <form
      className="admin-form admin-narrow"
      onSubmit={(event) => {
        event.preventDefault();
        if (same || !name.trim()) return;
        rename.mutate(name.trim(), {
          onSuccess: () => toast(t`Renamed.`, () => rename.mutate(before)),
        });
      }}
    >
      <TextInput
        label={t`Name of the workspace`}
        description={t`Everybody sees it: in the rail, in mails and on invitations.`}
        required
        maxLength={80}
        dir="auto"
        value={name}
        error={name.trim() ? wrong : t`Give it a name.`}
        onChange={(event) => setName(event.target.value)}
      />
      <div>
        <Button type="submit" size="sm" loading={rename.isPending} disabled={same || !name.trim()}>
          {t`Save`}
        </Button>
      </div>
    </form>
  );
}

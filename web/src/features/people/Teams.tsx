import { t } from '@lingui/core/macro';
import { Plural } from '@lingui/react/macro';
import { Button, Group, Modal, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiProblem } from '~/api';
import { teamsQuery, useMe } from '~/api/queries';
import type { Team } from '~/api/types';
import { FeedRow } from '~/core/calendars';
import { PeoplePicker } from '~/core/people';
import { Empty, Faces, People, Row, Rows, Sure, toast, Wrong } from '~/kit';
import { useRemoveTeam, useSaveTeam } from './api';

/** The teams; whoever may changes them here. */
export function Teams() {
  const list = useQuery(teamsQuery);
  const guest = useMe().person.role === 'guest';
  const [open, setOpen] = useState<Team | 'new' | null>(null);
  const [leaving, setLeaving] = useState<Team | null>(null);
  const [shared, setShared] = useState('');
  const remove = useRemoveTeam();
  const add = !guest && (
    <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setOpen('new')}>
      {t`New team`}
    </Button>
  );
  return (
    <>
      <Group justify="flex-end" mb="sm">
        {(list.data?.length ?? 0) > 0 && add}
      </Group>
      <Faces
        of={list}
        isEmpty={(teams) => teams.length === 0}
        empty={
          <Empty title={t`There are no teams yet.`}>
            <p>{t`A team can be asked and mentioned like one person, and has an overlap map of its own.`}</p>
            <p>{add}</p>
          </Empty>
        }
      >
        {(teams) => (
          <Rows label={t`Teams`}>
            {teams.map((team) => (
              <li key={team.id}>
                <Row
                  title={
                    <Link to="/people" search={{ team: team.id }}>
                      <bdi>{team.name}</bdi>
                    </Link>
                  }
                  sub={
                    <>
                      @{team.handle} · <Plural value={team.members.length} one="# person" other="# people" />
                    </>
                  }
                  end={
                    <Group gap={6}>
                      <People people={team.members} max={3} />
                      <Button
                        variant="default"
                        size="compact-xs"
                        renderRoot={(props) => (
                          <Link to="/teams/$team/duty" params={{ team: team.id }} {...props} />
                        )}
                      >
                        {t`Duty`}
                        <span className="hidden-words"> {team.name}</span>
                      </Button>
                      <Button
                        variant="default"
                        size="compact-xs"
                        renderRoot={(props) => (
                          <Link to="/teams/$team/agreement" params={{ team: team.id }} {...props} />
                        )}
                      >
                        {t`Agreement`}
                        <span className="hidden-words"> {team.name}</span>
                      </Button>
                      <Button
                        variant="default"
                        size="compact-xs"
                        aria-expanded={shared === team.id}
                        onClick={() => setShared(shared === team.id ? '' : team.id)}
                      >
                        {t`Calendar`}
                        <span className="hidden-words">{team.name}</span>
                      </Button>
                      {team.may.change && (
                        <>
                          <Button variant="default" size="compact-xs" onClick={() => setOpen(team)}>
                            {t`Change`}
                            <span className="hidden-words">{team.name}</span>
                          </Button>
                          <Button variant="default" size="compact-xs" onClick={() => setLeaving(team)}>
                            {t`Remove`}
                            <span className="hidden-words">{team.name}</span>
                          </Button>
                        </>
                      )}
                    </Group>
                  }
                  below={
                    shared === team.id && (
                      <FeedRow
                        kind="team"
                        team={team.id}
                        title={t`Its calendar, at a secret address of your own`}
                      >
                        {t`Who is away when, for calendar programs. It ends when you leave.`}
                      </FeedRow>
                    )
                  }
                />
              </li>
            ))}
          </Rows>
        )}
      </Faces>
      {open && <TeamDialog team={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
      {leaving && (
        <Sure
          title={t`Remove the team ${leaving.name}?`}
          doIt={t`Remove the team`}
          busy={remove.isPending}
          onClose={() => setLeaving(null)}
          onDo={() =>
            remove.mutate(leaving.id, {
              onSuccess: () => {
                toast(t`The team is gone. Its people stay.`);
                setLeaving(null);
              },
            })
          }
        >
          {t`Its people stay, and so does all they wrote. Nobody can ask or mention the team any more.`}
        </Sure>
      )}
    </>
  );
}

/** Makes a team, or changes its name, handle and members. */
function TeamDialog({ team, onClose }: { team: Team | null; onClose: () => void }) {
  const [name, setName] = useState(team?.name ?? '');
  const [handle, setHandle] = useState(team?.handle ?? '');
  const [members, setMembers] = useState(team?.members.map((m) => m.id) ?? []);
  const save = useSaveTeam();
  const problem = save.error;
  const at = (field: string) =>
    problem instanceof ApiProblem ? problem.fields.find((f) => f.field.endsWith(field))?.detail : undefined;
  const send = () =>
    save.mutate(
      { id: team?.id, name: name.trim(), handle: handle.trim() || undefined, members },
      {
        onSuccess: () => {
          toast(team ? t`Changed.` : t`The team is there.`);
          onClose();
        },
      },
    );
  const placed = at('name') ?? at('handle') ?? at('members');
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={
        <Text component="span" fw={600}>
          {team ? t`Change ${team.name}` : t`New team`}
        </Text>
      }
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <TextInput
          label={t`Name`}
          required
          maxLength={80}
          data-autofocus
          value={name}
          error={at('name')}
          onChange={(event) => setName(event.target.value)}
        />
        <TextInput
          label={t`Handle`}
          description={t`People write it as @handle. Made from the name when left empty.`}
          value={handle}
          maxLength={32}
          error={at('handle')}
          onChange={(event) => setHandle(event.target.value)}
        />
        <PeoplePicker
          label={t`Members`}
          teams={false}
          value={{ people: members, teams: [] }}
          error={at('members')}
          onChange={(next) => setMembers(next.people)}
        />
        {!placed && <Wrong error={problem} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!name.trim()}>
            {team ? t`Save` : t`Make the team`}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

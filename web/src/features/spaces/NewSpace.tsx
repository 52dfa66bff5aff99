import { t } from '@lingui/core/macro';
import { Button, Modal, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { spaces } from '~/api';
import { keys, useMe } from '~/api/queries';
import { useDraft } from '~/core/compose';
import { PeoplePicker } from '~/core/people';
import { toast, Wrong } from '~/kit';

const blank = { name: '', purpose: '', private: false, members: [] as string[] };

/** Opens a space: what it is called, what it is for, who reads it and who belongs to it. */
export function NewSpace({ onClose }: { onClose: () => void }) {
  const me = useMe();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { value, set, clear } = useDraft('new space', blank);
  const [strict, setStrict] = useState(false);
  const change = (part: Partial<typeof blank>) => set((old) => ({ ...old, ...part }));
  const name = value.name.trim();
  const make = useMutation({
    mutationFn: () => spaces.make({ ...value, name, purpose: value.purpose.trim() }),
    meta: { quiet: true },
    onSuccess: (space) => {
      clear();
      void cache.invalidateQueries({ queryKey: keys.spaces });
      toast(t`The space is open.`);
      onClose();
      void navigate({ to: '/spaces/$space', params: { space: space.id } });
    },
  });
  return (
    <Modal opened onClose={onClose} title={t`New space`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          setStrict(true);
          if (name) make.mutate();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t`Name`}
            required
            data-autofocus
            maxLength={80}
            dir="auto"
            value={value.name}
            error={strict && !name ? t`Give it a name.` : undefined}
            onChange={(e) => change({ name: e.currentTarget.value })}
          />
          <Textarea
            label={t`Purpose`}
            description={t`What belongs here, in a sentence or two.`}
            autosize
            minRows={2}
            maxLength={2000}
            dir="auto"
            value={value.purpose}
            onChange={(e) => change({ purpose: e.currentTarget.value })}
          />
          <PeoplePicker
            label={t`Members`}
            description={t`You belong to it in any case.`}
            teams={false}
            exclude={[me.person.id]}
            value={{ people: value.members, teams: [] }}
            onChange={(to) => change({ members: to.people })}
          />
          <Switch
            label={t`Private`}
            description={
              value.private
                ? t`Only members read it and know of it.`
                : t`Everybody in ${me.workspace.name} can read it.`
            }
            checked={value.private}
            onChange={(e) => change({ private: e.currentTarget.checked })}
          />
          <Wrong error={make.error} />
          <div className="composer-foot">
            <Button variant="subtle" color="gray" size="sm" onClick={onClose}>
              {t`Cancel`}
            </Button>
            <Button type="submit" size="sm" loading={make.isPending}>
              {t`Open the space`}
            </Button>
          </div>
        </Stack>
      </form>
    </Modal>
  );
}

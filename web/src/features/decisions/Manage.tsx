import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { decisions } from '~/api';
import { base } from '~/api/client';
import type { Decision } from '~/api/decisions';
import { Menu, MenuItem, Sure, toast, toastError } from '~/kit';
import { useChange } from './api';
import { copyPage } from './copyPage';
import type { Doing } from './ManageForm';

const GuestForm = lazy(() => import('./GuestForm').then((m) => ({ default: m.GuestForm })));
const ManageForm = lazy(() => import('./ManageForm').then((m) => ({ default: m.ManageForm })));

/** What else can be done with a decision: by everybody, and by those who lead it. */
export function Manage({ decision: d }: { decision: Decision }) {
  const navigate = useNavigate();
  const [doing, setDoing] = useState<Doing | null>(null);
  const [closing, setClosing] = useState(false);
  const [inviting, setInviting] = useState(false);
  const close = useChange(() => decisions.close(d.id));
  const copy = useMutation({
    mutationFn: () => decisions.copy(d.id),
    onSuccess: (made) => navigate({ to: '/decisions/new', search: { draft: made.id } }),
  });
  const may = d.may;
  const leads = may.invite || may.extend || may.close || may.name_decider || may.withdraw || may.undecide;
  const save = (format: string) => {
    location.assign(`${base}/decisions/${d.id}/export?format=${format}`);
  };
  return (
    <>
      <Menu
        label={t`More about this decision`}
        target={
          <Button variant="default" size="xs" rightSection={<IconChevronDown size={13} aria-hidden />}>
            {t`More`}
          </Button>
        }
      >
        {may.invite && <MenuItem onClick={() => setDoing('invite')}>{t`Entitle more people…`}</MenuItem>}
        {may.invite && (
          <MenuItem onClick={() => setInviting(true)}>{t`Invite somebody from outside…`}</MenuItem>
        )}
        {may.extend && <MenuItem onClick={() => setDoing('extend')}>{t`Give more time…`}</MenuItem>}
        {may.close && <MenuItem onClick={() => setClosing(true)}>{t`End it now…`}</MenuItem>}
        {may.name_decider && (
          <MenuItem onClick={() => setDoing('decider')}>{t`Name another decider…`}</MenuItem>
        )}
        {may.undecide && (
          <MenuItem onClick={() => setDoing('undecide')}>{t`Take the outcome back…`}</MenuItem>
        )}
        {leads && <hr />}
        {d.space.id && <MenuItem onClick={() => copy.mutate()}>{t`Copy it into a new draft`}</MenuItem>}
        {!d.decided && <MenuItem onClick={() => copyPage(d.id)}>{t`Copy as Markdown`}</MenuItem>}
        <MenuItem onClick={() => save('markdown')}>{t`Save as Markdown`}</MenuItem>
        <MenuItem onClick={() => save('csv')}>{t`Save as CSV`}</MenuItem>
        <MenuItem onClick={() => save('json')}>{t`Save as JSON`}</MenuItem>
        <MenuItem onClick={() => setTimeout(() => window.print())}>{t`Print`}</MenuItem>
        {may.withdraw && (
          <>
            <hr />
            <MenuItem danger onClick={() => setDoing('withdraw')}>{t`Call it off…`}</MenuItem>
          </>
        )}
      </Menu>
      {doing && (
        <Suspense>
          <ManageForm decision={d} doing={doing} onClose={() => setDoing(null)} />
        </Suspense>
      )}
      {inviting && (
        <Suspense>
          <GuestForm decision={d} onClose={() => setInviting(false)} />
        </Suspense>
      )}
      {closing && (
        <Sure
          title={t`End this decision now?`}
          doIt={t`End it`}
          busy={close.isPending}
          onClose={() => setClosing(false)}
          onDo={() =>
            close.mutate(undefined, {
              onSuccess: () => {
                setClosing(false);
                toast(t`Ended and counted.`);
              },
              onError: toastError,
            })
          }
        >
          {t`Everybody has had their say or their share of hours. It is counted, and cannot be opened again.`}
        </Sure>
      )}
    </>
  );
}

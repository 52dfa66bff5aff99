import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { brainstorms } from '~/api';
import type { Brainstorm } from '~/api/brainstorms';
import { useMe } from '~/api/queries';
import { toast, When, Wrong } from '~/kit';
import { windowWords } from '~/kit/time';
import { useChange } from './api';
import { nowWords, phaseWhat, phaseWord } from './words';

/** The line of phases, what the reader does now, and the press that says they are done. */
export function Phases({ b }: { b: Brainstorm }) {
  return (
    <section className="bs-phases" aria-label={t`Where it stands`}>
      <ol>
        {b.plan.map((step) => (
          <li
            key={step.phase}
            data-state={step.state}
            aria-current={step.state === 'now' ? 'step' : undefined}
          >
            <span className="bs-phase-dot" aria-hidden>
              {step.state === 'past' && <IconCheck size={11} stroke={3} />}
            </span>
            <span className="bs-phase-name" title={phaseWhat(step.phase)}>
              {phaseWord(step.phase)}
              {step.state === 'past' && <span className="hidden-words"> {t`over`}</span>}
              {step.state === 'now' && <span className="hidden-words"> {t`now`}</span>}
            </span>
            <span className="due-note">
              {step.state === 'now' && b.ends_at ? (
                <>
                  {t`until`} <When at={b.ends_at} as="short" />
                </>
              ) : step.state === 'next' && step.until ? (
                <>
                  {t`until`} <When at={step.until} as="short" />
                </>
              ) : step.state === 'next' && step.window && !b.by_hand ? (
                windowWords(step.window)
              ) : (
                ''
              )}
            </span>
          </li>
        ))}
      </ol>
      <Now b={b} />
    </section>
  );
}

function Now({ b }: { b: Brainstorm }) {
  const me = useMe().person.id;
  const done = useChange(b.id, (yes: boolean) =>
    yes ? brainstorms.done(b.id, b.phase) : brainstorms.notDone(b.id, b.phase),
  );
  const join = useChange(b.id, () => brainstorms.invite(b.id, { people: [me] }));
  const share = b.me?.share && !b.me.done ? b.me.share : null;
  const [n, all] = [b.done, b.people.length];
  const press = (yes: boolean) =>
    done.mutate(yes, {
      onSuccess: () => yes && toast(t`Done. It goes on when the others are.`, () => done.mutate(false)),
    });
  return (
    <div className="bs-now">
      <p>
        {nowWords(b)}{' '}
        {b.may.done && <span className="due-note">{n === 0 ? '' : t`${n} of ${all} are done.`}</span>}
      </p>
      <div className="bs-now-end">
        {share && (
          <span className="bs-share">
            <span className="due-note">{t`Your share of time lasts until`}</span> <When at={share} />
          </span>
        )}
        {b.may.done && !b.me?.done && (
          <Button
            loading={done.isPending}
            onClick={() => press(true)}
            leftSection={<IconCheck size={16} aria-hidden />}
          >
            {t`I am done with this phase`}
          </Button>
        )}
        {b.may.done && b.me?.done && (
          <Button variant="default" loading={done.isPending} onClick={() => press(false)}>
            {t`I am not done yet`}
          </Button>
        )}
        {b.may.join && (
          <Button loading={join.isPending} onClick={() => join.mutate(undefined)}>
            {t`Take part`}
          </Button>
        )}
      </div>
      <Wrong error={done.error ?? join.error} />
    </div>
  );
}

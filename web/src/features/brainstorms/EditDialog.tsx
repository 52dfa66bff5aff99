import { t } from '@lingui/core/macro';
import { Button, Group, Modal, Switch, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { brainstorms } from '~/api';
import type { Brainstorm, BrainstormEdit } from '~/api/brainstorms';
import { useMe } from '~/api/queries';
import { MarkdownField } from '~/core/compose';
import { PersonPicker } from '~/core/people';
import { toast, toastError, Wrong } from '~/kit';
import { ChangeAhead } from './Ahead';
import { useChange } from './api';
import { PlanFields } from './PlanFields';
import { planOf, ruleOf, stepsToCome } from './plan';
import { VoteFields } from './VoteFields';

/** Changes what is still fair to change; beside the rest stands why it is not. */
export function EditDialog({ b, onClose }: { b: Brainstorm; onClose: () => void }) {
  const zone = useMe().person.zone;
  const [title, setTitle] = useState(b.title);
  const [prompt, setPrompt] = useState(b.prompt);
  const [who, setWho] = useState<string | null>(b.facilitator.id);
  const [hideCount, setHideCount] = useState(b.hide_count);
  const [vote, setVote] = useState({ dots: 5, most: 3, ...b.vote });
  const [plan, setPlan] = useState(() => ({ byHand: b.by_hand, steps: stepsToCome(b, zone) }));
  const steps = planOf(plan.steps, zone, b.plan);
  const had = planOf(stepsToCome(b, zone), zone, b.plan);
  const fresh: Whole = {
    title: title.trim(),
    prompt: prompt.trim(),
    facilitator: who ?? b.facilitator.id,
    hide_count: hideCount,
    by_hand: plan.byHand,
    vote: ruleOf(vote),
    plan: steps,
  };
  const was: Whole = {
    title: b.title,
    prompt: b.prompt,
    facilitator: b.facilitator.id,
    hide_count: b.hide_count,
    by_hand: b.by_hand,
    vote: ruleOf({ dots: 5, most: 3, ...b.vote }),
    plan: had,
  };
  const change = partOf(fresh, was);
  const save = useChange(b.id, (edit: BrainstormEdit) => brainstorms.change(b.id, edit));
  const voting = plan.steps.some((s) => s.phase === 'vote' && s.on);
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={
        <Text component="span" fw={600}>
          {t`Change question and phases`}
        </Text>
      }
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <form
        className="bs-form"
        onSubmit={(e) => {
          e.preventDefault();
          if (Object.keys(change).length === 0) return onClose();
          save.mutate(change, {
            onSuccess: () => {
              toast(t`Changed.`, () => save.mutate(partOf(was, fresh), { onError: toastError }));
              onClose();
            },
          });
        }}
      >
        {b.fixed.question ? (
          <Fixed label={t`Question`} why={b.fixed.question} />
        ) : (
          <>
            <TextInput
              label={t`Question`}
              required
              maxLength={150}
              dir="auto"
              value={title}
              onChange={(e) => setTitle(e.currentTarget.value)}
            />
            <MarkdownField
              label={t`What people should know before they write`}
              value={prompt}
              onChange={setPrompt}
              minRows={2}
            />
          </>
        )}
        {!b.parent && <PersonPicker label={t`Who facilitates`} required value={who} onChange={setWho} />}
        <fieldset className="bs-set">
          <legend>{t`Names`}</legend>
          <Fixed label={b.anonymous ? t`Anonymous` : t`Under names`} why={b.fixed.anonymous} />
          {b.fixed.hide_count ? (
            <Fixed label={t`How many ideas there are`} why={b.fixed.hide_count} />
          ) : (
            <Switch
              checked={hideCount}
              onChange={(e) => setHideCount(e.currentTarget.checked)}
              label={t`Hide how many ideas there are until they are revealed`}
            />
          )}
        </fieldset>
        {plan.steps.length > 0 && (
          <>
            <PlanFields
              draft={plan}
              present={plan.steps[0]?.phase}
              onChange={(part) => setPlan((old) => ({ ...old, ...part }))}
            />
            <ChangeAhead b={b} body={{ by_hand: plan.byHand, plan: steps }} zone={zone} />
          </>
        )}
        {b.fixed.vote ? (
          <Fixed label={t`How we vote`} why={b.fixed.vote} />
        ) : (
          voting && <VoteFields value={vote} onChange={setVote} />
        )}
        <Wrong error={save.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t`Cancel`}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!title.trim()}>
            {t`Save`}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

/** What cannot be changed any more, and why. */
const Fixed = ({ label, why }: { label: string; why: string }) => (
  <p className="bs-fixed">
    <strong>{label}</strong> <span className="due-note">{why}</span>
  </p>
);

type Whole = Required<BrainstormEdit>;

/** What of one is different in the other. */
function partOf(fresh: Whole, was: Whole): BrainstormEdit {
  const keys = Object.keys(fresh) as (keyof Whole)[];
  return Object.fromEntries(
    keys.filter((k) => JSON.stringify(fresh[k]) !== JSON.stringify(was[k])).map((k) => [k, fresh[k]]),
  );
}

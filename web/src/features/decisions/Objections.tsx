import { t } from '@lingui/core/macro';
import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { decisions } from '~/api';
import type { Decision, Objection } from '~/api/decisions';
import { type Hue, Person, Section, Tag, toast, When, Wrong } from '~/kit';
import { useChange } from './api';

const word = (o: Objection): string =>
  ({ standing: t`stands`, resolved: t`resolved`, overruled: t`overruled`, withdrawn: t`taken back` })[
    o.state
  ];
const hue = (o: Objection): Hue =>
  (({ standing: 'orange', resolved: 'green', overruled: 'gray', withdrawn: 'gray' }) as const)[o.state];

/** What was objected, by whom, and what became of it. */
export function Objections({ decision: d }: { decision: Decision }) {
  if (d.objections.length === 0) return null;
  return (
    <Section title={t`Objections`}>
      <ul className="dec-voices">
        {d.objections.map((o) => (
          <li key={o.person.id}>
            <One decision={d} objection={o} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** A field that a press has opened is written in at once. */
const atOnce = (el: HTMLElement | null) => el?.focus();

type Settling = 'resolved' | 'overruled' | 'withdrawn';

function One({ decision: d, objection: o }: { decision: Decision; objection: Objection }) {
  const [doing, setDoing] = useState<Settling | null>(null);
  const [words, setWords] = useState('');
  const settle = useChange((state: Settling) => decisions.settle(d.id, o.person.id, state, words.trim()));
  const buttons: [Settling, boolean, string][] = [
    ['resolved', o.may.resolve, t`Resolved…`],
    ['overruled', o.may.overrule, t`Overrule…`],
    ['withdrawn', o.may.take_back, t`Take it back…`],
  ];
  return (
    <>
      <p className="dec-voice-head">
        <Person person={o.person} /> <Tag hue={hue(o)}>{word(o)}</Tag>
        {o.late && <span className="due-note">{t`after the close, as somebody who was away`}</span>}
        <span className="due-note">
          <When at={o.made_at} />
        </span>
      </p>
      <p dir="auto" className="dec-plain">
        {o.words}
      </p>
      {o.settlement && (
        <p className="dec-settled" dir="auto">
          {o.settled_by && <strong>{o.settled_by.name}: </strong>}
          {o.settlement}
        </p>
      )}
      {!doing && (
        <div className="dec-buttons no-print">
          {buttons
            .filter(([, may]) => may)
            .map(([state, , label]) => (
              <Button key={state} variant="default" size="compact-sm" onClick={() => setDoing(state)}>
                {label}
                <span className="hidden-words"> {o.person.name}</span>
              </Button>
            ))}
        </div>
      )}
      {doing && (
        <form
          className="dec-form no-print"
          onSubmit={(e) => {
            e.preventDefault();
            settle.mutate(doing, {
              onSuccess: () => {
                setDoing(null);
                toast(t`Kept with the decision. Whoever objected hears of it.`);
              },
            });
          }}
        >
          <Textarea
            label={
              doing === 'resolved'
                ? t`How it was resolved`
                : doing === 'overruled'
                  ? t`Why it is overruled, in writing`
                  : t`Why (optional)`
            }
            ref={atOnce}
            dir="auto"
            autosize
            minRows={2}
            maxLength={4000}
            required={doing === 'overruled'}
            value={words}
            onChange={(e) => setWords(e.currentTarget.value)}
          />
          <Wrong error={settle.error} />
          <div className="dec-buttons">
            <Button type="submit" size="xs" loading={settle.isPending}>
              {doing === 'resolved'
                ? t`It is resolved`
                : doing === 'overruled'
                  ? t`Overrule it`
                  : t`Take it back`}
            </Button>
            <Button variant="default" size="xs" onClick={() => setDoing(null)}>
              {t`Cancel`}
            </Button>
          </div>
        </form>
      )}
    </>
  );
}

/** The window in which those who were away may object after the close. */
export function ObjectLate({ decision: d }: { decision: Decision }) {
  const [words, setWords] = useState('');
  const [open, setOpen] = useState(false);
  const object = useChange(() => decisions.objectLate(d.id, words.trim()));
  if (!d.may.object_late || !d.object_until) return null;
  return (
    <Section title={t`You were away`}>
      <div className="dec-said no-print">
        <p>
          {t`You did not have your say. You may object until`} <When at={d.object_until} />
          {t`. Then the decision goes on, and everybody gets their share of hours anew.`}
        </p>
        {open ? (
          <form
            className="dec-form"
            onSubmit={(e) => {
              e.preventDefault();
              object.mutate(undefined, { onSuccess: () => toast(t`The decision goes on.`) });
            }}
          >
            <Textarea
              label={t`What stands against it`}
              ref={atOnce}
              dir="auto"
              autosize
              minRows={2}
              maxLength={4000}
              required
              value={words}
              onChange={(e) => setWords(e.currentTarget.value)}
            />
            <Wrong error={object.error} />
            <div className="dec-buttons">
              <Button type="submit" size="xs" loading={object.isPending}>
                {t`Object`}
              </Button>
              <Button variant="default" size="xs" onClick={() => setOpen(false)}>
                {t`Cancel`}
              </Button>
            </div>
          </form>
        ) : (
          <Button variant="default" size="xs" onClick={() => setOpen(true)}>
            {t`Object…`}
          </Button>
        )}
      </div>
    </Section>
  );
}

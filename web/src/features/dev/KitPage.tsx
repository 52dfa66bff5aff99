import { t } from '@lingui/core/macro';
import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { now } from '~/api/clock';
import { peopleQuery } from '~/api/queries';
import type { Recipients } from '~/api/types';
import { MarkdownField } from '~/core/compose';
import { PeoplePicker } from '~/core/people';
import {
  Due,
  Empty,
  Face,
  Failed,
  type Hue,
  Key,
  Loading,
  MarkdownView,
  Page,
  Person,
  Row,
  Rows,
  Section,
  Tag,
  toast,
  When,
} from '~/kit';
import { chooseLocale, chosenLocale, type Locale, locales } from '~/kit/locale';

const hues: Hue[] = ['violet', 'teal', 'orange', 'yellow', 'blue', 'green', 'red', 'gray'];
const sample =
  '<h2>A heading</h2><p>Some <strong>bold</strong> text with <code>code</code> and a <a href="/inbox">link</a>.</p><blockquote><p>Said by somebody.</p></blockquote><ul><li>one</li><li>two</li></ul><table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>';

/** Every component of the kit on one page, for looking at. */
export function KitPage() {
  const people = useQuery(peopleQuery).data ?? [];
  const [text, setText] = useState('');
  const [to, setTo] = useState<Recipients>({ people: [], teams: [] });
  const hour = 3_600_000;
  const at = (hours: number) => new Date(now() + hours * hour).toISOString();
  const first = people[0];
  return (
    <Page
      title={t`Kit`}
      lead={t`Every component, for looking at.`}
      actions={
        <>
          <NativeSelect
            size="xs"
            aria-label={t`Language`}
            value={chosenLocale()}
            onChange={(e) => chooseLocale(e.currentTarget.value as Locale)}
            data={Object.entries(locales).map(([value, { name }]) => ({ value, label: name }))}
          />
          <Button
            size="xs"
            onClick={() => toast(t`Something was done.`, () => toast(t`Taken back.`))}
          >{t`Say something`}</Button>
        </>
      }
    >
      <Section title={t`Rows`}>
        <Rows>
          {(
            [
              ['late', -15],
              ['today', 2],
              [null, 72],
            ] as const
          ).map(([tone, hours]) => (
            <li key={hours}>
              <Row
                tone={tone}
                face={<Face name="Priya Nair" />}
                title={<button type="button">{t`A title that may be long`}</button>}
                tag={<Tag hue="violet">{t`Decide`}</Tag>}
                sub={t`One muted line of context`}
                end={<Due at={at(hours)} />}
              />
            </li>
          ))}
        </Rows>
      </Section>
      <Section title={t`Tags and keys`}>
        <p>
          {hues.map((h) => (
            <span key={h}>
              <Tag hue={h}>{h}</Tag>{' '}
            </span>
          ))}
          <Key>j</Key>
          <When at={at(-2)} as="ago" /> <When at={at(30)} />
        </p>
      </Section>
      <Section title={t`People`}>
        <p>
          {people.slice(0, 8).map((p) => (
            <span key={p.id}>
              <Person person={p} />{' '}
            </span>
          ))}
        </p>
        {first && <PeoplePicker label={t`Pick people`} value={to} onChange={setTo} />}
      </Section>
      <Section title={t`Writing`}>
        <MarkdownField label={t`Text`} value={text} onChange={setText} onFiles={() => {}} />
        <MarkdownView html={sample} />
      </Section>
      <Section title={t`Faces of a list`}>
        <Loading rows={2} />
        <Empty title={t`Nobody is waiting for you.`}>{t`What others ask of you comes here.`}</Empty>
        <Failed error={new Error('x')} retry={() => {}} />
      </Section>
    </Page>
  );
}

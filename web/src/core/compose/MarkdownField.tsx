import './compose.css';
import { t } from '@lingui/core/macro';
import { ActionIcon, Button } from '@mantine/core';
import {
  IconAt,
  IconBold,
  IconCheckbox,
  IconCode,
  IconItalic,
  IconLink,
  IconList,
  IconPaperclip,
  IconQuote,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import {
  type ClipboardEvent,
  type KeyboardEvent,
  lazy,
  Suspense,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { peopleQuery, teamsQuery } from '~/api/queries';
import { matches } from '~/core/people';
import { Face } from '~/kit';
import { link, mention, mentionAt, nextLine, prefix, type Typed, wrap } from './marks';

const Preview = lazy(() => import('./Preview').then((m) => ({ default: m.Preview })));

type Props = {
  label: string;
  value: string;
  onChange: (text: string) => void;
  /** Mod+Enter. */
  onSubmit?: () => void;
  /** Files chosen, dropped or pasted; without it there is no paper clip. */
  onFiles?: (files: globalThis.File[]) => void;
  placeholder?: string;
  minRows?: number;
  autoFocus?: boolean;
};

/** A field for Markdown: toolbar, mentions by @, files by paste or drop, and a preview. */
export function MarkdownField({
  label,
  value,
  onChange,
  onSubmit,
  onFiles,
  placeholder,
  minRows = 4,
  autoFocus,
}: Props) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const after = useRef<Typed | null>(null);
  const [shown, setShown] = useState(false);
  const [caret, setCaret] = useState(0);
  const names = useMentions(value, caret);
  const [picked, setPicked] = useState(0);

  useLayoutEffect(() => {
    const el = field.current;
    if (!el) return;
    el.style.blockSize = 'auto';
    el.style.blockSize = `${Math.min(el.scrollHeight + 2, window.innerHeight * 0.6)}px`;
    if (after.current) {
      el.setSelectionRange(after.current.start, after.current.end);
      after.current = null;
    }
  });

  const typed = (): Typed => {
    const el = field.current;
    return { text: value, start: el?.selectionStart ?? value.length, end: el?.selectionEnd ?? value.length };
  };
  const put = (next: Typed) => {
    after.current = next;
    field.current?.focus();
    setCaret(next.end);
    onChange(next.text);
  };
  const pick = (handle: string) => {
    if (names) put(mention(value, names.from, caret, handle));
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    const mod = event.metaKey || event.ctrlKey;
    if (names?.list.length) {
      const at = Math.min(picked, names.list.length - 1);
      const move = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      if (move) {
        event.preventDefault();
        setPicked((at + move + names.list.length) % names.list.length);
        return;
      }
      if ((event.key === 'Enter' && !mod) || event.key === 'Tab') {
        event.preventDefault();
        pick(names.list[at]?.handle ?? '');
        return;
      }
      if (event.key === 'Escape') {
        event.preventDefault();
        setCaret(-1);
        return;
      }
    }
    if (mod && event.key === 'Enter') {
      event.preventDefault();
      onSubmit?.();
    } else if (mod && (event.key === 'b' || event.key === 'i')) {
      event.preventDefault();
      put(wrap(typed(), event.key === 'b' ? '**' : '_'));
    } else if (event.key === 'Enter' && !event.shiftKey) {
      const next = nextLine(typed());
      if (next) {
        event.preventDefault();
        put(next);
      }
    }
  };
  const take = (list: FileList | null | undefined) => {
    const files = [...(list ?? [])];
    if (!files.length || !onFiles) return false;
    onFiles(files);
    return true;
  };
  const paste = (event: ClipboardEvent) => {
    if (take(event.clipboardData.files)) event.preventDefault();
  };
  const tools: [string, typeof IconBold, () => void][] = [
    [t`Bold`, IconBold, () => put(wrap(typed(), '**'))],
    [t`Italic`, IconItalic, () => put(wrap(typed(), '_'))],
    [t`Link`, IconLink, () => put(link(typed()))],
    [
      t`Code`,
      IconCode,
      () =>
        put(
          typed().text.slice(typed().start, typed().end).includes('\n')
            ? wrap(typed(), '\n```\n')
            : wrap(typed(), '`'),
        ),
    ],
    [t`List`, IconList, () => put(prefix(typed(), '- '))],
    [t`Task list`, IconCheckbox, () => put(prefix(typed(), '- [ ] '))],
    [t`Quote`, IconQuote, () => put(prefix(typed(), '> '))],
    [t`Mention somebody`, IconAt, () => put(insert(typed(), '@'))],
  ];
  const active = names?.list.length ? `${id}-${Math.min(picked, names.list.length - 1)}` : undefined;
  return (
    <div className="md">
      <label htmlFor={id} className="md-label">
        {label}
      </label>
      <div className="md-box">
        <div className="md-tools" role="toolbar" aria-label={t`Formatting`} aria-controls={id}>
          {tools.map(([name, Icon, run]) => (
            <ActionIcon
              key={name}
              variant="subtle"
              color="gray"
              size="md"
              aria-label={name}
              title={name}
              disabled={shown}
              onClick={run}
            >
              <Icon size={16} stroke={1.8} />
            </ActionIcon>
          ))}
          {onFiles && (
            <>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="md"
                aria-label={t`Attach files`}
                title={t`Attach files`}
                onClick={() => chooser.current?.click()}
              >
                <IconPaperclip size={16} stroke={1.8} />
              </ActionIcon>
              <input
                ref={chooser}
                type="file"
                multiple
                hidden
                aria-label={t`Files to attach`}
                onChange={(e) => {
                  take(e.currentTarget.files);
                  e.currentTarget.value = '';
                }}
              />
            </>
          )}
          <Button
            className="md-switch"
            variant="subtle"
            color="gray"
            size="compact-xs"
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
          >
            {shown ? t`Write` : t`Preview`}
          </Button>
        </div>
        {shown && (
          <div className="md-preview">
            <Suspense>
              {value.trim() ? (
                <Preview text={value} />
              ) : (
                <p className="due-note">{t`Nothing to show yet.`}</p>
              )}
            </Suspense>
          </div>
        )}
        <textarea
          id={id}
          ref={field}
          hidden={shown}
          dir="auto"
          rows={minRows}
          value={value}
          placeholder={placeholder}
          // biome-ignore lint/a11y/noAutofocus: asked for by pages whose one purpose is this field
          autoFocus={autoFocus}
          aria-autocomplete="list"
          aria-controls={active ? `${id}-names` : undefined}
          aria-activedescendant={active}
          onChange={(e) => {
            setCaret(e.currentTarget.selectionStart);
            setPicked(0);
            onChange(e.currentTarget.value);
          }}
          onSelect={(e) => setCaret(e.currentTarget.selectionStart)}
          onBlur={() => setCaret(-1)}
          onKeyDown={press}
          onPaste={paste}
          onDragOver={(e) => onFiles && e.preventDefault()}
          onDrop={(e) => take(e.dataTransfer.files) && e.preventDefault()}
        />
        {names && names.list.length > 0 && (
          <div className="md-names" role="listbox" id={`${id}-names`} aria-label={t`People and teams`}>
            {names.list.map((x, i) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the text field's, as in every autocompletion
              // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the text field
              <div
                key={x.id}
                id={`${id}-${i}`}
                role="option"
                aria-selected={i === Math.min(picked, names.list.length - 1)}
                onMouseDown={(e) => e.preventDefault()}
                onClick={() => pick(x.handle)}
              >
                <Face name={x.name} size={20} /> <bdi>{x.name}</bdi>{' '}
                <span className="due-note">@{x.handle}</span>
              </div>
            ))}
          </div>
        )}
      </div>
    </div>
  );
}

const insert = ({ text, start, end }: Typed, put: string): Typed => {
  const space = start > 0 && !/\s$/.test(text.slice(0, start)) ? ' ' : '';
  const at = start + space.length + put.length;
  return { text: text.slice(0, start) + space + put + text.slice(end), start: at, end: at };
};

/** The people and teams whose name is being typed after an @. */
function useMentions(text: string, caret: number) {
  const at = caret >= 0 ? mentionAt(text, caret) : null;
  const people = useQuery({ ...peopleQuery, enabled: !!at }).data;
  const teams = useQuery({ ...teamsQuery, enabled: !!at }).data;
  if (!at) return null;
  const duty = [
    { id: 'duty', name: t`Whoever is on duty`, handle: 'duty' },
    ...(teams ?? []).map((x) => ({
      id: `duty ${x.id}`,
      name: t`On duty for ${x.name}`,
      handle: `duty-${x.handle}`,
    })),
  ];
  // Duty is offered once it is being named: most mentions are of people.
  const all = [
    ...(people ?? []).filter((p) => !p.removed && !p.bot),
    ...(teams ?? []),
    ...(/^du/i.test(at.typed) ? duty : []),
  ];
  return { from: at.from, list: all.filter((x) => matches(`${x.name} ${x.handle}`, at.typed)).slice(0, 6) };
}

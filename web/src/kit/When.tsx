import { useNow } from '~/api/clock';
import { useMe } from '~/api/queries';
import { agoOf, dueWords, fullWhen, shortWhen, whenOf } from './time';

type Style = 'when' | 'short' | 'ago';

/** A moment in the reader's own zone, said in words and readable by machines. */
export function When({ at, as = 'when' }: { at: string; as?: Style }) {
  const zone = useMe().person.zone;
  const now = useNow();
  const words =
    as === 'ago' ? agoOf(at, now) : as === 'short' ? shortWhen(at, now, zone) : whenOf(at, now, zone);
  return (
    <time dateTime={at} onPointerEnter={(e) => tell(e.currentTarget, zone)}>
      {words}
    </time>
  );
}

/** Says a moment in full once somebody points at it; a page of them need not. */
const tell = (el: HTMLTimeElement, zone: string) => {
  el.title = fullWhen(el.dateTime, zone);
};

/** When something is due, in words of the reader's own day: "by 14:00 · in 4 h 18 m". */
export function Due({ at, settled }: { at: string | null; settled?: string }) {
  const me = useMe();
  const now = useNow();
  if (settled || !at) return <span className="due-note">{settled ?? ''}</span>;
  const words = dueWords(at, now, me.person.zone, me.day.end);
  return (
    <time
      className="due"
      dateTime={at}
      onPointerEnter={(e) => tell(e.currentTarget, me.person.zone)}
      data-tone={words.tone}
    >
      <span className="due-main">{words.main}</span> <span className="due-note">{words.note}</span>
    </time>
  );
}

import { Fragment, type ReactNode } from 'react';
import { type Block, blocksOf, type Span, spansOf } from './markdown';

/**
 * How a text will look, drawn from elements and never from HTML. The server's own rendering
 * is what readers get; this knows the common forms.
 */
export function Preview({ text }: { text: string }) {
  return (
    <div className="prose" dir="auto">
      <Blocks list={blocksOf(text)} />
    </div>
  );
}

function Blocks({ list }: { list: Block[] }) {
  return list.map((b, i) => <Fragment key={`${i} ${b.kind}`}>{draw(b)}</Fragment>);
}

function draw(b: Block): ReactNode {
  switch (b.kind) {
    case 'heading':
      return (
        <p role="presentation" style={{ fontWeight: 650, fontSize: b.level === 1 ? '1.3em' : '1.12em' }}>
          <Inline text={b.text} />
        </p>
      );
    case 'code':
      return (
        <pre>
          <code>{b.text}</code>
        </pre>
      );
    case 'quote':
      return (
        <blockquote>
          <Blocks list={b.blocks} />
        </blockquote>
      );
    case 'list': {
      const items = b.items.map((item, i) => (
        <li key={`${i} ${item.text}`}>
          {item.checked !== null && <span aria-hidden>{item.checked ? '☑ ' : '☐ '}</span>}
          <Inline text={item.text} />
        </li>
      ));
      return b.ordered ? <ol start={b.start}>{items}</ol> : <ul>{items}</ul>;
    }
    case 'table':
      return (
        <table>
          <thead>
            <tr>{cells(b.head, 'th')}</tr>
          </thead>
          <tbody>
            {b.rows.map((row, i) => (
              <tr key={`${i} ${row.join('|')}`}>{cells(row, 'td')}</tr>
            ))}
          </tbody>
        </table>
      );
    case 'rule':
      return <hr />;
    case 'text':
      return (
        <p>
          <Inline text={b.text} />
        </p>
      );
  }
}

const cells = (row: string[], As: 'th' | 'td') =>
  row.map((text, i) => (
    <As key={`${i} ${text}`}>
      <Inline text={text} />
    </As>
  ));

function Inline({ text }: { text: string }) {
  return spansOf(text).map((s, i) => <Fragment key={`${i} ${s.kind}`}>{inline(s)}</Fragment>);
}

function inline(s: Span): ReactNode {
  switch (s.kind) {
    case 'strong':
      return (
        <strong>
          <Inline text={s.text} />
        </strong>
      );
    case 'em':
      return (
        <em>
          <Inline text={s.text} />
        </em>
      );
    case 'del':
      return (
        <del>
          <Inline text={s.text} />
        </del>
      );
    case 'code':
      return <code>{s.text}</code>;
    case 'link':
      return (
        <a href={s.href} rel="noreferrer nofollow">
          {s.text}
        </a>
      );
    case 'mention':
      return <bdi className="mention">{s.text}</bdi>;
    case 'break':
      return <br />;
    case 'text':
      return s.text;
  }
}

import { t } from '@lingui/core/macro';
import { Tabs } from '@mantine/core';
import type { Mail } from '~/api/types';
import { PathLink } from '~/kit';
import { piecesOf, stillHtml } from './links';

/** What a mail says, as text and as HTML. The HTML is shut in: no scripts, no links, no origin. */
export function MailBody({ mail }: { mail: Mail }) {
  return (
    <Tabs defaultValue="text" keepMounted={false}>
      <Tabs.List aria-label={t`How to show it`}>
        <Tabs.Tab value="text">{t`Text`}</Tabs.Tab>
        <Tabs.Tab value="html">{t`HTML`}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="text">
        <MailText text={mail.text} />
      </Tabs.Panel>
      <Tabs.Panel value="html">
        <iframe
          className="mail-frame"
          title={t`The mail as its reader sees it`}
          sandbox=""
          srcDoc={stillHtml(mail.html)}
        />
        <p className="due-note">{t`Shown apart from everything else, so its links do nothing here. They work in the text.`}</p>
      </Tabs.Panel>
    </Tabs>
  );
}

function MailText({ text }: { text: string }) {
  return (
    <pre className="mail-text" dir="auto">
      {piecesOf(text, location.origin).map((piece, i) =>
        piece.path ? (
          <PathLink key={i} path={piece.path}>
            {piece.text}
          </PathLink>
        ) : piece.href ? (
          <a key={i} href={piece.href} target="_blank" rel="noreferrer">
            {piece.text}
          </a>
        ) : (
          <span key={i}>{piece.text}</span>
        ),
      )}
    </pre>
  );
}

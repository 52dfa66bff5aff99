import { i18n } from '@lingui/core';
import { t } from '@lingui/core/macro';
import { useMe } from '~/api/queries';
import type { ImportReason, ImportReport } from '~/api/types';
import { Section } from '~/kit';
import { dayOf } from '~/kit/time';
import { isFact, reportRows } from './report';

/** What an import brought, or would bring, what it leaves out and why, and what is missing. */
export function ReportTable({ report }: { report: ImportReport }) {
  return (
    <div className="report">
      <ComesIn report={report} />
      <Reasons
        title={t`Left out or changed, and why`}
        none={t`Nothing in the export is left out.`}
        list={report.skipped}
      />
      <Reasons title={t`Missing from the export`} none={t`Nothing is missing.`} list={report.missing} />
    </div>
  );
}

function ComesIn({ report }: { report: ImportReport }) {
  const { zone } = useMe().person;
  const { from, to } = report.archive;
  const day = (at: string) => dayOf(at, 0, zone);
  return (
    <Section title={report.dry_run ? t`What would come in` : t`What came in`}>
      {from && to && <p className="admin-words">{t`Messages from ${day(from)} to ${day(to)}.`}</p>}
      <table>
        <thead>
          <tr>
            <th scope="col">{t`What`}</th>
            <th scope="col" className="num">{t`In the export`}</th>
            <th scope="col" className="num">{t`New here`}</th>
            <th scope="col">{t`Of these`}</th>
          </tr>
        </thead>
        <tbody>
          {reportRows(report).map((row) => (
            <tr key={row.what}>
              <th scope="row">{row.what}</th>
              <td className="num">{i18n.number(row.there)}</td>
              <td className="num strong">{i18n.number(row.fresh)}</td>
              <td className="note">{row.note}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Reasons({ title, none, list }: { title: string; none: string; list: ImportReason[] }) {
  return (
    <Section title={title}>
      {list.length === 0 ? (
        <p className="admin-words">{none}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col" className="num">{t`How many`}</th>
              <th scope="col">{t`What and why`}</th>
            </tr>
          </thead>
          <tbody>
            {list.map((reason) => (
              <tr key={reason.code}>
                <td className="num strong">{isFact(reason) ? t`all` : i18n.number(reason.count)}</td>
                <td>
                  {reason.sentence}
                  {reason.examples && reason.examples.length > 0 && (
                    <div className="note">
                      {t`Such as`} <bdi>{reason.examples.join(', ')}</bdi>
                    </div>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

import { t } from '@lingui/core/macro';
import { Section, Tag } from '~/kit';
import { cityOf } from '~/kit/time';
import { dateWords } from './names';
import { dayLength, shown, spansOf } from './ranges';
import { type PreviewDay, zoneOn } from './spec';
import type { SpecDraft } from './useSpec';

/** The next fourteen days, as they will be. */
export function Preview({ days, draft }: { days: PreviewDay[]; draft: SpecDraft }) {
  const { spec, dirty } = draft;
  return (
    <Section
      title={t`The next fourteen days`}
      actions={dirty && <Tag hue="yellow">{t`with your changes`}</Tag>}
    >
      <ul className="preview">
        {days.map((day) => {
          const zone = zoneOn(spec, day.date);
          return (
            <li key={day.date} className="preview-day">
              <span className="dated-date">{dateWords(day.date)}</span>
              <span className="preview-bar" aria-hidden>
                {spansOf(day.ranges).map((s) => (
                  <span key={s.from} className="preview-work" style={place(s)} />
                ))}
                {spansOf(day.focus).map((s) => (
                  <span key={`f${s.from}`} className="preview-focus" style={place(s)} />
                ))}
              </span>
              <span className="preview-words">
                {day.absent && <Tag hue="orange">{t`away`}</Tag>}
                {day.holiday && (
                  <Tag hue="green">
                    <bdi>{day.holiday}</bdi>
                  </Tag>
                )}
                {shown(day.ranges) || (!day.absent && !day.holiday && t`not working`)}
                {zone !== spec.zone && <Tag hue="blue">{cityOf(zone)}</Tag>}
              </span>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

const place = (s: { from: number; to: number }) => ({
  insetInlineStart: `${(100 * s.from) / dayLength}%`,
  inlineSize: `${(100 * (Math.min(s.to, dayLength) - s.from)) / dayLength}%`,
});

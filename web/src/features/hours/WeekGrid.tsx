import { t } from '@lingui/core/macro';
import { ActionIcon } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useId } from 'react';
import type { Weekday } from '~/api/types';
import { Menu, MenuItem } from '~/kit';
import { dayName, shortDay, weekdays } from '~/kit/days';
import { DayTrack } from './DayTrack';
import { rangesOf, readRanges, spansOf, type Week } from './ranges';
import { TypedList } from './TypedList';

/** A week of ranges: drawn with the pointer, moved with the keys, or typed. */
export function WeekGrid({
  label,
  value,
  under,
  onChange,
  problem,
  placeholder,
  kind,
}: {
  label: string;
  value: Week;
  /** Ranges that lie behind, such as the hours behind focus blocks. */
  under?: Week;
  onChange: (week: Week) => void;
  problem: (day: Weekday) => string | undefined;
  placeholder: string;
  kind: 'work' | 'focus';
}) {
  const help = useId();
  const set = (day: Weekday, list: string[]) => onChange({ ...value, [day]: list });
  return (
    <div className="wg" role="group" aria-label={label} data-kind={kind}>
      <div className="wg-row wg-head" aria-hidden>
        <span />
        <span className="wg-scale">
          {[0, 3, 6, 9, 12, 15, 18, 21, 24].map((h) => (
            <span key={h} style={{ insetInlineStart: `${(100 * h) / 24}%` }}>
              {h}
            </span>
          ))}
        </span>
        <span />
      </div>
      {weekdays.map((day, i) => {
        const before = weekdays[(i + 6) % 7] ?? 'sun';
        return (
          <div key={day} className="wg-row">
            <span className="wg-day" title={dayName(day)}>
              {shortDay(day)}
            </span>
            <DayTrack
              day={dayName(day)}
              help={help}
              spans={spansOf(value[day])}
              spill={spansOf(value[before])}
              under={spansOf(under?.[day])}
              onChange={(spans) => set(day, rangesOf(spans))}
            />
            <span className="wg-typed">
              <TypedList
                label={t`${label}, ${dayName(day)}`}
                value={value[day] ?? []}
                read={readRanges}
                onChange={(list) => set(day, list)}
                placeholder={placeholder}
                problem={problem(day)}
              />
              <CopyDay day={day} value={value} onChange={onChange} />
            </span>
          </div>
        );
      })}
      <p className="wg-help" id={help}>
        {t`Draw on a line with the pointer, or type. On a bar, the left and right arrows move it, up and down move its end, with Shift its beginning; Delete removes it.`}
      </p>
    </div>
  );
}

function CopyDay({ day, value, onChange }: { day: Weekday; value: Week; onChange: (week: Week) => void }) {
  const copy = (to: Weekday[]) => {
    const next = { ...value };
    for (const one of to) next[one] = [...(value[day] ?? [])];
    onChange(next);
  };
  return (
    <Menu
      target={
        <ActionIcon
          variant="subtle"
          color="gray"
          size={30}
          aria-label={t`Copy ${dayName(day)} to other days`}
        >
          <IconCopy size={15} />
        </ActionIcon>
      }
    >
      <MenuItem onClick={() => copy(weekdays.slice(0, 5))}>{t`Copy to Monday to Friday`}</MenuItem>
      <MenuItem onClick={() => copy(weekdays)}>{t`Copy to every day`}</MenuItem>
      {weekdays
        .filter((one) => one !== day)
        .map((one) => (
          <MenuItem key={one} onClick={() => copy([one])}>
            {t`Copy to ${dayName(one)}`}
          </MenuItem>
        ))}
    </Menu>
  );
}

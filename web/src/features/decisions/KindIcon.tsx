import {
  IconCalendarQuestion,
  IconChecks,
  IconCircleDot,
  IconHandStop,
  IconListNumbers,
  IconMessageQuestion,
  IconScale,
  IconStarHalf,
  IconTemperature,
} from '@tabler/icons-react';
import type { DecisionKind } from '~/api/decisions';

const icons = {
  consent: IconHandStop,
  approval: IconChecks,
  ranked: IconListNumbers,
  majority: IconScale,
  score: IconStarHalf,
  dots: IconCircleDot,
  time: IconCalendarQuestion,
  advice: IconMessageQuestion,
  sense_check: IconTemperature,
};

/** The sign of a kind of decision; its name stands beside it. */
export function KindIcon({ kind, size = 18 }: { kind: DecisionKind; size?: number }) {
  const Icon = icons[kind];
  return <Icon size={size} stroke={1.7} aria-hidden />;
}

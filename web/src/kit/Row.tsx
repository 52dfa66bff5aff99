import type { ReactNode } from 'react';
import type { SpaceRef } from '~/api/types';

export type RowProps = {
  face?: ReactNode;
  title: ReactNode;
  tag?: ReactNode;
  sub?: ReactNode;
  end?: ReactNode;
  below?: ReactNode;
  tone?: 'late' | 'today' | null;
  active?: boolean;
};

/** The product's one row: state bar, face, title with a tag, one muted line, and the due at the end. */
export function Row({ face, title, tag, sub, end, below, tone, active }: RowProps) {
  return (
    <div className="row" data-tone={tone || undefined} data-active={active || undefined}>
      <span className="row-bar" />
      <span className="row-face">{face}</span>
      <div className="row-main">
        <div className="row-top">
          <span className="row-title">{title}</span>
          {tag}
        </div>
        {sub && <div className="row-sub">{sub}</div>}
      </div>
      <div className="row-end">{end}</div>
      {below && <div className="row-below">{below}</div>}
    </div>
  );
}

/** A list of rows, or of anything else that ends in a hairline. */
export const Rows = ({ children, label }: { children: ReactNode; label?: string }) => (
  <ul className="rows" aria-label={label}>
    {children}
  </ul>
);

const hues = { violet: 0, teal: 1, orange: 2, yellow: 3, blue: 4, green: 5, red: 6, gray: 7 } as const;
export type Hue = keyof typeof hues;

/** A small word on a colour. */
export const Tag = ({ hue = 'gray', children }: { hue?: Hue; children: ReactNode }) => (
  <span className={`tag tag-${hue}`}>{children}</span>
);

/** The coloured square of a space, with its name. */
export function SpaceDot({ space, bare }: { space: SpaceRef; bare?: boolean }) {
  return (
    <span className="space-dot">
      <span className={`dot dot-${space.color || 'blue'}`} aria-hidden />
      {!bare && <bdi>{space.name}</bdi>}
    </span>
  );
}

import { t } from '@lingui/core/macro';
import { Button, Group } from '@mantine/core';
import { duty } from '~/api';
import { useMe } from '~/api/queries';
import type { Rota, Shift } from '~/api/urgent';
import { Face, Name, Row, Rows, Section, Tag, toast } from '~/kit';
import { useDuty } from './api';
import { useSpanWords } from './words';

type Props = { rota: Rota; onCover: (shift: Shift) => void; onSwap: (shift: Shift) => void };

/** Who is on duty when, with the gaps in between, in order. */
export function Shifts({ rota, onCover, onSwap }: Props) {
  const me = useMe().person.id;
  const { span } = useSpanWords();
  const gaps = rota.missing.map((g) => ({ ...g, person: null }));
  const all = [...rota.shifts, ...gaps].sort((a, b) => Date.parse(a.from) - Date.parse(b.from)).slice(0, 60);
  const layer = (id: string) => rota.layers.find((l) => l.id === id)?.name ?? '';
  return (
    <Rows label={t`Shifts`}>
      {all.map((one) =>
        one.person === null ? (
          <li key={one.from}>
            <Row
              title={t`Nobody`}
              tag={<Tag hue="red">{t`Gap`}</Tag>}
              sub={span(one.from, one.to)}
              tone="late"
            />
          </li>
        ) : (
          <li key={one.from + one.person.id}>
            <Row
              face={<Face name={one.person.name} />}
              title={<Name person={one.person} />}
              tag={one.cover ? <Tag hue="teal">{t`Cover`}</Tag> : undefined}
              sub={`${span(one.from, one.to)}${rota.layers.length > 1 ? ` · ${layer(one.layer)}` : ''}`}
              end={
                <Group gap={6}>
                  {one.person.id === me && (
                    <Button variant="default" size="compact-xs" onClick={() => onSwap(one)}>
                      {t`Give away…`}
                      <span className="hidden-words">{span(one.from, one.to)}</span>
                    </Button>
                  )}
                  {rota.may.change && (
                    <Button variant="default" size="compact-xs" onClick={() => onCover(one)}>
                      {t`Cover…`}
                      <span className="hidden-words">{span(one.from, one.to)}</span>
                    </Button>
                  )}
                </Group>
              }
            />
          </li>
        ),
      )}
    </Rows>
  );
}

/** The covers that are ahead; who may can take one back. */
export function Covers({ rota }: { rota: Rota }) {
  const { span } = useSpanWords();
  const remove = useDuty(duty.uncover);
  if (rota.covers.length === 0) return null;
  return (
    <Section title={t`Covers`}>
      <Rows label={t`Covers`}>
        {rota.covers.map((c) => (
          <li key={c.id}>
            <Row
              face={<Face name={c.person.name} />}
              title={<Name person={c.person} />}
              sub={`${span(c.from, c.to)}${c.reason ? ` · ${c.reason}` : ''}`}
              end={
                c.may.remove && (
                  <Button
                    variant="default"
                    size="compact-xs"
                    loading={remove.isPending}
                    onClick={() => remove.mutate(c.id, { onSuccess: () => toast(t`Taken back.`) })}
                  >
                    {t`Take back`}
                    <span className="hidden-words">{span(c.from, c.to)}</span>
                  </Button>
                )
              }
            />
          </li>
        ))}
      </Rows>
    </Section>
  );
}

import { t } from '@lingui/core/macro';
import { Button, Group } from '@mantine/core';
import { duty, sentenceOf } from '~/api';
import type { Rota, Swap } from '~/api/urgent';
import { Face, Row, Rows, Section, toast } from '~/kit';
import { useDuty } from './api';
import { useSpanWords } from './words';

/** Offers that nobody has decided yet. */
export function Swaps({ rota }: { rota: Rota }) {
  if (rota.swaps.length === 0) return null;
  return (
    <Section title={t`Offered`}>
      <Rows label={t`Swaps offered`}>
        {rota.swaps.map((w) => (
          <li key={w.id}>
            <OneSwap swap={w} />
          </li>
        ))}
      </Rows>
    </Section>
  );
}

/** An offer, with what the reader may do about it. */
export function OneSwap({ swap }: { swap: Swap }) {
  const { span } = useSpanWords();
  const act = useDuty(({ do: what }: { do: 'accept' | 'decline' | 'withdraw' }) => duty[what](swap.id));
  const put = (what: 'accept' | 'decline' | 'withdraw', done: string) =>
    act.mutate({ do: what }, { onSuccess: () => toast(done) });
  return (
    <Row
      face={<Face name={swap.asker.name} />}
      title={t`${swap.asker.name} asks ${swap.other.name} to take ${span(swap.from, swap.to)}`}
      sub={
        act.error ? (
          sentenceOf(act.error)
        ) : (
          <>
            {swap.back_from &&
              swap.back_to &&
              t`In return ${swap.asker.name} takes ${span(swap.back_from, swap.back_to)}.`}{' '}
            <bdi>{swap.note}</bdi>
          </>
        )
      }
      end={
        <Group gap={6}>
          {swap.may.accept && (
            <>
              <Button
                size="compact-xs"
                loading={act.isPending}
                onClick={() => put('accept', t`It is yours now.`)}
              >
                {t`Take it`}
              </Button>
              <Button
                size="compact-xs"
                variant="default"
                loading={act.isPending}
                onClick={() => put('decline', t`Declined.`)}
              >
                {t`Decline`}
              </Button>
            </>
          )}
          {swap.may.withdraw && (
            <Button
              size="compact-xs"
              variant="default"
              loading={act.isPending}
              onClick={() => put('withdraw', t`Taken back.`)}
            >
              {t`Take back`}
            </Button>
          )}
        </Group>
      }
    />
  );
}

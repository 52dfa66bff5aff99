import { t } from '@lingui/core/macro';
import { Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMe } from '~/api/queries';
import type { PushState } from '~/core/device';
import { Failed, Loading, Section, toast } from '~/kit';
import { Devices } from './Devices';
import { devicesQuery, pushQuery, useTurnOff, useTurnOn } from './devicesApi';

/** Whether this browser is told of digests, what that means, and where else the reader is told. */
export function OnThisDevice() {
  const known = useQuery(devicesQuery);
  const found = useQuery(pushQuery(known.data));
  const error = known.error ?? found.error;
  return (
    <>
      <Section title={t`On this device`}>
        {known.data && found.data ? (
          <Choice
            state={found.data.state}
            device={known.data.find((d) => d.fingerprint === found.data.here)?.id}
          />
        ) : error ? (
          <Failed error={error} retry={() => void known.refetch()} />
        ) : (
          <Loading rows={1} height={64} />
        )}
      </Section>
      {known.data && known.data.length > 0 && <Devices list={known.data} here={found.data?.here} />}
    </>
  );
}

function Choice({ state, device }: { state: PushState; device?: string }) {
  const { person } = useMe();
  const on = useTurnOn(person.id);
  const off = useTurnOff(person.id);
  if (state !== 'on' && state !== 'off') return <p className="set-note">{whyNot(state)}</p>;
  return (
    <>
      <Switch
        label={t`Tell me on this device when a digest is ready`}
        description={
          state === 'on'
            ? t`A short note, only in your working hours, for as long as you are signed in here.`
            : t`A short note, only in your working hours. Your browser will ask whether it may show it.`
        }
        checked={state === 'on'}
        disabled={on.isPending || off.isPending}
        onChange={(e) => {
          if (e.currentTarget.checked)
            on.mutate(undefined, { onSuccess: () => toast(t`This device is told from now on.`) });
          else off.mutate(device, { onSuccess: () => toast(t`This device is left alone.`) });
        }}
      />
      <p className="set-note">
        {t`It shows titles and who asks, nothing else of what was written. It goes from this server to your browser's push service, locked so that only this device can read it.`}
      </p>
    </>
  );
}

function whyNot(state: Exclude<PushState, 'on' | 'off'>): string {
  switch (state) {
    case 'denied':
      return t`This browser blocks notifications from here. Allow them in its settings for this site, then come back to this page.`;
    case 'insecure':
      return t`Browsers show notifications only for addresses that begin with https. Whoever runs this server can set that up.`;
    case 'home':
      return t`On an iPhone or iPad, first add Meantime to your home screen: Share, then Add to Home Screen. Open it from there and come back to this page.`;
    case 'unsupported':
      return t`This browser cannot show notifications. Your inbox and your mail work as ever.`;
  }
}

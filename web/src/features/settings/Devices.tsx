import { t } from '@lingui/core/macro';
import { Button, TextInput } from '@mantine/core';
import { IconDeviceLaptop } from '@tabler/icons-react';
import { useState } from 'react';
import { useMe } from '~/api/queries';
import type { Device } from '~/api/types';
import { Row, Rows, Section, Tag, toast, When, Wrong } from '~/kit';
import { useRemoveDevice, useRenameDevice, useTestDevice, useTurnOff } from './devicesApi';

/** Every device on which the reader is told, with a way to try, name and remove each. */
export function Devices({ list, here }: { list: Device[]; here?: string | null }) {
  return (
    <Section title={t`Devices that are told`}>
      <Rows label={t`Devices`}>
        {list.map((device) => (
          <li key={device.id}>
            <OneRow device={device} here={device.fingerprint === here} />
          </li>
        ))}
      </Rows>
    </Section>
  );
}

function OneRow({ device, here }: { device: Device; here: boolean }) {
  const [naming, setNaming] = useState(false);
  return (
    <Row
      face={
        <span className="set-icon">
          <IconDeviceLaptop size={18} stroke={1.7} aria-hidden />
        </span>
      }
      title={<bdi>{device.name}</bdi>}
      tag={here && <Tag hue="green">{t`this one`}</Tag>}
      sub={
        <>
          {t`since`} <When at={device.created_at} /> ·{' '}
          {device.reached_at ? (
            <>
              {t`last told`} <When at={device.reached_at} as="ago" />
            </>
          ) : (
            t`not told yet`
          )}
        </>
      }
      end={<Acts device={device} here={here} naming={naming} onName={() => setNaming(!naming)} />}
      below={
        (naming || device.problem) && (
          <>
            <Wrong says={device.problem} />
            {naming && <NameForm device={device} onDone={() => setNaming(false)} />}
          </>
        )
      }
    />
  );
}

function Acts({
  device,
  here,
  naming,
  onName,
}: {
  device: Device;
  here: boolean;
  naming: boolean;
  onName: () => void;
}) {
  const { person } = useMe();
  const test = useTestDevice();
  const remove = useRemoveDevice();
  const off = useTurnOff(person.id);
  const gone = { onSuccess: () => toast(t`${device.name} is told no more.`) };
  return (
    <span className="set-acts">
      <Button
        variant="default"
        size="compact-xs"
        loading={test.isPending}
        aria-label={t`Send a test to ${device.name}`}
        onClick={() => test.mutate(device.id, { onSuccess: () => toast(t`Sent. It shows in a moment.`) })}
      >
        {t`Test`}
      </Button>
      <Button
        variant="default"
        size="compact-xs"
        aria-expanded={naming}
        aria-label={t`Rename ${device.name}`}
        onClick={onName}
      >
        {t`Rename`}
      </Button>
      <Button
        variant="default"
        size="compact-xs"
        loading={remove.isPending || off.isPending}
        aria-label={t`Remove ${device.name}`}
        onClick={() => (here ? off.mutate(device.id, gone) : remove.mutate(device.id, gone))}
      >
        {t`Remove`}
      </Button>
    </span>
  );
}

function NameForm({ device, onDone }: { device: Device; onDone: () => void }) {
  const [name, setName] = useState(device.name);
  const rename = useRenameDevice();
  return (
    <form
      className="set-line"
      onSubmit={(e) => {
        e.preventDefault();
        if (name.trim()) rename.mutate({ id: device.id, name: name.trim() }, { onSuccess: onDone });
      }}
    >
      <TextInput
        label={t`Name of the device`}
        maxLength={80}
        dir="auto"
        autoFocus
        value={name}
        onChange={(e) => setName(e.currentTarget.value)}
      />
      <Button type="submit" loading={rename.isPending} disabled={!name.trim()}>
        {t`Save`}
      </Button>
    </form>
  );
}

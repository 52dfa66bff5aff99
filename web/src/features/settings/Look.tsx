import { t } from '@lingui/core/macro';
import { type MantineColorScheme, Radio, Stack, useMantineColorScheme } from '@mantine/core';
import { Section } from '~/kit';

/** Light, dark, or as the machine has it. Kept in this browser. */
export function Look() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Section title={t`Colours`}>
      <Radio.Group
        aria-label={t`Colours`}
        value={colorScheme}
        onChange={(value) => setColorScheme(value as MantineColorScheme)}
      >
        <Stack gap="sm" pt="xs">
          <Radio value="auto" label={t`As this machine has it`} />
          <Radio value="light" label={t`Light`} />
          <Radio value="dark" label={t`Dark`} />
        </Stack>
      </Radio.Group>
      <p className="settings-hint">{t`Kept in this browser alone.`}</p>
    </Section>
  );
}

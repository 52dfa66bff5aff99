import { t } from '@lingui/core/macro';
import { type MantineColorScheme, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { Section } from '~/kit';

/** Light, dark, or as the device has it; kept in this browser. */
export function Colours() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Section title={t`Colours`}>
      <SegmentedControl
        aria-label={t`Colours`}
        size="sm"
        value={colorScheme}
        onChange={(next) => setColorScheme(next as MantineColorScheme)}
        data={[
          { value: 'auto', label: t`As my device` },
          { value: 'light', label: t`Light` },
          { value: 'dark', label: t`Dark` },
        ]}
      />
      <p className="set-note">{t`Kept in this browser only.`}</p>
    </Section>
  );
}

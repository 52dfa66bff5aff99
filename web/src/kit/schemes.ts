import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';

/** The colour scheme, and a way to turn it around. */
export function useScheme() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  return { scheme, toggle: () => setColorScheme(scheme === 'dark' ? 'light' : 'dark') };
}

import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** The one accent: slate blue. Used for what is selected, the primary button, and what is due today. */
const dusk: MantineColorsTuple = [
  '#eef1fb',
  '#dde2f3',
  '#b9c3e4',
  '#92a1d5',
  '#7085c9',
  '#5b73c2',
  '#4f69bf',
  '#4159a8',
  '#384f97',
  '#2b4487',
];

export const theme = createTheme({
  primaryColor: 'dusk',
  primaryShade: { light: 7, dark: 6 },
  colors: { dusk },
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily: 'Inter Variable, Inter, system-ui, sans-serif',
  headings: { fontWeight: '650' },
  fontSizes: { xs: '0.75rem', sm: '0.84rem', md: '0.94rem' },
  autoContrast: true,
  respectReducedMotion: true,
  components: {
    Modal: { defaultProps: { transitionProps: { duration: 0 }, centered: true } },
    Menu: { defaultProps: { transitionProps: { duration: 0 }, position: 'bottom-end', shadow: 'md' } },
    Popover: { defaultProps: { transitionProps: { duration: 0 }, shadow: 'md' } },
    Tooltip: { defaultProps: { openDelay: 400, transitionProps: { duration: 0 } } },
  },
});

/** Quiet text that still reads: Mantine's own dimmed is too pale for WCAG AA. */
export const resolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5c6370',
    '--mantine-color-placeholder': '#5c6370',
    '--mantine-color-error': '#b3261e',
  },
  dark: {
    '--mantine-color-dimmed': '#a3a7b3',
    '--mantine-color-placeholder': '#a3a7b3',
    '--mantine-color-error': '#ff8f85',
  },
});

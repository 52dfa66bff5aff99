import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { DirectionProvider, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { Toasts } from '~/kit';
import { chosenLocale, locales } from '~/kit/locale';
import { resolver, theme } from '~/kit/theme';
import { queryClient } from './cache';
import { router } from './router';

/** Everything that surrounds the pages. */
export function App() {
  return (
    <I18nProvider i18n={i18n}>
      <DirectionProvider initialDirection={locales[chosenLocale()].dir}>
        <MantineProvider theme={theme} cssVariablesResolver={resolver} defaultColorScheme="auto">
          <QueryClientProvider client={queryClient}>
            <RouterProvider router={router} />
            <Toasts />
          </QueryClientProvider>
        </MantineProvider>
      </DirectionProvider>
    </I18nProvider>
  );
}

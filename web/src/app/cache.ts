import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from '~/api';
import { toastError } from '~/kit';

/** The server's state lives here. Live changes say what to fetch again, so nothing polls. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failed, error) =>
        failed < 2 && !(error instanceof ApiProblem && error.status >= 400 && error.status < 500),
    },
    // A failed change says so, unless the component that asked for it does (meta: {quiet: true}).
    mutations: { retry: false },
  },
});
queryClient.getMutationCache().subscribe(({ mutation, type }) => {
  if (type !== 'updated' || mutation?.state.status !== 'error' || mutation.meta?.quiet) return;
  if (mutation.state.failureCount > 0) toastError(mutation.state.error);
});

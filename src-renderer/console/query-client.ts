import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from '../api/problem.ts';

const halfAMinute = 30_000;

/** Live events say what is stale; beyond that, data is trusted for half a minute. Reading is retried by the client itself. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: halfAMinute,
        retry: false,
        // While the server restarts, an open screen tries again by itself.
        refetchInterval: (query) => (query.state.error instanceof ApiProblem && query.state.error.status === 0 ? 4000 : false),
      },
    },
  });
}

import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { makeQueryClient } from './query-client.ts';
import type { makeRouter } from './router.ts';
import { SessionGate } from './session-gate.tsx';
import { LiveProvider } from './shell/live.tsx';
import { theme, variables } from './theme.ts';

/** The console. Style sheets hold all of Mantine's variables and classes, so it writes no style elements. */
export function App({ router }: { readonly router: ReturnType<typeof makeRouter> }) {
  const [queries] = useState(makeQueryClient);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <QueryClientProvider client={queries}>
        <SessionGate>
          <LiveProvider>
            <RouterProvider router={router} />
          </LiveProvider>
        </SessionGate>
      </QueryClientProvider>
    </MantineProvider>
  );
}

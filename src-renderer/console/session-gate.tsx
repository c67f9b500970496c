import { useEffect, useState, type ReactNode } from 'react';
import { ApiProblem, problemDetails, problemSentence } from '../api/problem.ts';
import { onSessionLost, session } from '../api/session.ts';
import { FailedState } from '../ui/states.tsx';

/** Lets the console through once this page has a key, and says what to do when it has none or lost it. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const [state, setState] = useState<'opening' | 'open' | ApiProblem>('opening');

  function open(): void {
    session()
      .then(() => setState('open'))
      .catch((error: unknown) => setState(error instanceof ApiProblem ? error : unexpected(error)));
  }
  useEffect(() => {
    open();
    return onSessionLost(setState);
  }, []);

  if (state === 'open') return children;
  if (state === 'opening') return null;
  const retry = state.isPassing ? { onRetry: open } : {};
  return (
    <main>
      <FailedState title={state.title} message={problemSentence(state)} details={problemDetails(state)} {...retry} />
    </main>
  );
}

function unexpected(error: unknown): ApiProblem {
  return new ApiProblem(
    { type: 'about:blank', title: 'The console did not open', status: 500, detail: 'Reload the page.', instance: '', code: 'not-opened' },
    error,
  );
}

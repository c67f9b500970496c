import { useEffect, useState, type ReactNode } from 'react';
import { ApiProblem, problemDetails, problemSentence } from '../api/problem.ts';
import { onSessionLost, session } from '../api/session.ts';
import { FailedState } from '../ui/states.tsx';

type GateState = 'opening' | 'open' | ApiProblem;

function openSession(take: (state: GateState) => void): void {
  session()
    .then(() => take('open'))
    .catch((error: unknown) => take(error instanceof ApiProblem ? error : unexpected(error)));
}

/** Lets the console through once this page has a key, and says what to do when it has none or lost it. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const [state, setState] = useState<GateState>('opening');
  useEffect(() => {
    openSession(setState);
    return onSessionLost(setState);
  }, []);

  if (state === 'open') return children;
  if (state === 'opening') return null;
  const retry = state.isPassing ? { onRetry: () => openSession(setState) } : {};
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

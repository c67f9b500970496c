import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { ApiProblem, problemDetails, problemSentence } from '../api/problem.ts';
import { onSessionChange, session } from '../api/session.ts';
import { FailedState } from '../ui/states.tsx';
import styles from './session-gate.module.css';

type GateState = 'opening' | 'open' | ApiProblem;

function openSession(take: (state: GateState) => void): void {
  session()
    .then(() => take('open'))
    .catch((error: unknown) => take(error instanceof ApiProblem ? error : unexpected(error)));
}

/**
 * Lets the console through once this page has a key, and says what to do when it has none. A key that is lost later only
 * covers the screen: what is typed stays, and goes on when a new link is opened in this or any other tab.
 */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const queries = useQueryClient();
  const [state, setState] = useState<GateState>('opening');
  const [lost, setLost] = useState<ApiProblem>();

  useEffect(() => {
    openSession(setState);
    return onSessionChange((problem) => {
      setLost(problem);
      if (problem !== undefined) return;
      setState('open');
      void queries.invalidateQueries();
    });
  }, [queries]);

  if (state === 'opening') return null;
  if (state !== 'open') {
    const retry = state.isPassing ? { onRetry: () => openSession(setState) } : {};
    return (
      <main>
        <FailedState title={state.title} message={problemSentence(state)} details={problemDetails(state)} {...retry} />
      </main>
    );
  }
  return (
    <>
      <div className={styles.console} inert={lost !== undefined}>
        {children}
      </div>
      {lost === undefined ? null : <LostKey problem={lost} />}
    </>
  );
}

function LostKey({ problem }: { readonly problem: ApiProblem }) {
  const message =
    problem.status === 401
      ? 'Open its newest link, in this tab or another: “npm start” prints it, and “npx doorline console --data DIR” makes a new one. What you typed here is kept.'
      : `${problemSentence(problem)} What you typed here is kept.`;
  return (
    <main className={styles.cover}>
      <FailedState title="Doorline was started again" message={message} details={problemDetails(problem)} />
    </main>
  );
}

function unexpected(error: unknown): ApiProblem {
  return new ApiProblem(
    { type: 'about:blank', title: 'The console did not open', status: 500, detail: 'Reload the page.', instance: '', code: 'not-opened' },
    error,
  );
}

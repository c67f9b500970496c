import type { ReactNode } from 'react';
import { problemDetails, problemSentence } from '../api/problem.ts';
import { FailedState } from './states.tsx';

/** What the parts of a query look like; react-query's results fit. */
export interface Loading<Data> {
  readonly data: Data | undefined;
  readonly error: unknown;
  refetch(): unknown;
}

interface LoadedProps<Data> {
  readonly query: Loading<Data>;
  /** What failed, as a sentence: "The phones could not be read". */
  readonly failed: string;
  readonly skeleton: ReactNode;
  readonly children: (data: Data) => ReactNode;
}

/** Draws the loading, failed and full states of a query. Data that was read once stays while it is read again. */
export function Loaded<Data>({ query, failed, skeleton, children }: LoadedProps<Data>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error === null || query.error === undefined) return skeleton;
  return <FailedState title={failed} message={problemSentence(query.error)} details={problemDetails(query.error)} onRetry={() => void query.refetch()} />;
}

import { problemDetails } from '../../api/problem.ts';
import { FailedState } from '../../ui/states.tsx';

/** A screen that broke. The rest of the console goes on. */
export function ScreenFailed({ error, reset }: { readonly error: unknown; readonly reset: () => void }) {
  return (
    <FailedState
      title="This screen broke"
      message="Nothing was lost: what you typed is kept as a draft. Try again; if it breaks again, copy the details for support."
      details={problemDetails(error)}
      onRetry={reset}
    />
  );
}

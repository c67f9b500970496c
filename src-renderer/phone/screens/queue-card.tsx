/** @jsxImportSource preact */
import { usePhone, usePhoneStore } from '../parts/use-phone.tsx';
import { count } from '../parts/format.ts';

/** What was done without the desk: how much waits, and what the desk did not take. */
export function QueueCard() {
  const store = usePhoneStore();
  const { queue } = usePhone();
  const waiting = queue.filter((entry) => entry.refusal === undefined);
  const refused = queue.filter((entry) => entry.refusal !== undefined);
  if (queue.length === 0) return null;
  return (
    <section class="card status" aria-label="Kept on this phone">
      <dl>
        <div>
          <dt>Waiting to be sent</dt>
          <dd>{count(waiting.length)}</dd>
        </div>
      </dl>
      {waiting.length > 0 && <p class="hint">It is sent when the desk can be reached.</p>}
      {refused.map((entry) => (
        <div key={entry.id} role="alert">
          <p class="problem">
            {entry.label} was not taken: {entry.refusal}
          </p>
          <button type="button" class="button" onClick={() => void store.drop(entry.id)}>
            Drop it
          </button>
        </div>
      ))}
    </section>
  );
}

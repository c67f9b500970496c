/** @jsxImportSource preact */
import { usePhone, usePhoneStore } from '../parts/use-phone.tsx';
import { count } from '../parts/format.ts';
import { words } from '../words/words.ts';

/** What was done without the desk: how much waits, and what the desk did not take. */
export function QueueCard() {
  const store = usePhoneStore();
  const { queue } = usePhone();
  const waiting = queue.filter((entry) => entry.refusal === undefined);
  const refused = queue.filter((entry) => entry.refusal !== undefined);
  if (queue.length === 0) return null;
  return (
    <section class="card status" aria-label={words.queue.title}>
      <dl>
        <div>
          <dt>{words.queue.waiting}</dt>
          <dd>{count(waiting.length)}</dd>
        </div>
      </dl>
      {waiting.length > 0 && <p class="hint">{words.queue.hint}</p>}
      {refused.map((entry) => (
        <div key={entry.id} role="alert">
          <p class="problem">{words.queue.refused(entry.label, entry.refusal ?? '')}</p>
          <button type="button" class="button" onClick={() => void store.drop(entry.id)}>
            {words.queue.drop}
          </button>
        </div>
      ))}
    </section>
  );
}

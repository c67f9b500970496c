/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks';
import type { CallTicket } from '#server/calls/calls.contract.ts';
import { askFor } from '../device/client.ts';
import { keep, kept } from '../device/keys.ts';
import { inWords } from '../device/problem.ts';
import { InnerTop } from '../parts/parts.tsx';
import { usePhoneStore } from '../parts/use-phone.tsx';
import { goBack } from '../parts/use-route.ts';
import { words } from '../words/words.ts';

interface TicketDraft {
  readonly subject: string;
  readonly text: string;
  /** Under which the ticket is asked for, so that a second tap opens no second one. */
  readonly key: string;
}

/** Opens a ticket while one talks: what it is about, and a note for the team. */
export function CallTicketScreen({ id }: { readonly id: string }) {
  const store = usePhoneStore();
  const name = `ticket.${id}`;
  const [draft, setDraft] = useState<TicketDraft>(() => ({ subject: '', text: '', key: crypto.randomUUID(), ...(kept(name) as Partial<TicketDraft> | null) }));
  const [problem, setProblem] = useState('');
  const [isSaving, setSaving] = useState(false);

  useEffect(() => keep(name, draft), [name, draft]);

  async function save(event: Event): Promise<void> {
    event.preventDefault();
    if (draft.subject.trim() === '') {
      setProblem(words.ticket.aboutMissing);
      return;
    }
    setSaving(true);
    try {
      const ticket = await askFor<CallTicket>(`/calls/${id}/ticket`, {
        method: 'POST',
        body: { subject: draft.subject, text: draft.text },
        headers: { 'idempotency-key': draft.key },
      });
      keep(name, undefined);
      store.say(words.ticket.isOpen(ticket.number));
      goBack('calls');
    } catch (error) {
      setSaving(false);
      setProblem(inWords(error));
    }
  }

  function edit(patch: Partial<TicketDraft>): void {
    setProblem('');
    // Another content is another request.
    setDraft((before) => ({ ...before, ...patch, key: crypto.randomUUID() }));
  }

  return (
    <>
      <InnerTop title={words.ticket.title} onBack={() => goBack('calls')} />
      <form class="form" onSubmit={(event) => void save(event)} noValidate>
        <label class="field">
          <span>{words.ticket.about}</span>
          <input
            value={draft.subject}
            maxLength={200}
            autocomplete="off"
            aria-invalid={problem !== ''}
            onInput={(event) => edit({ subject: event.currentTarget.value })}
          />
        </label>
        <label class="field">
          <span>{words.parts.noteForTeam}</span>
          <textarea rows={6} maxLength={20_000} value={draft.text} onInput={(event) => edit({ text: event.currentTarget.value })} />
          <small>{words.ticket.hidden}</small>
        </label>
        {problem !== '' && (
          <p class="problem" role="alert">
            {problem}
          </p>
        )}
        <div class="form-end">
          <button type="submit" class="button primary" disabled={isSaving}>
            {isSaving ? words.ticket.opening : words.ticket.open}
          </button>
        </div>
      </form>
    </>
  );
}

/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks';
import type { CallTicket } from '#server/calls/calls.contract.ts';
import { keep, kept } from '../device/keys.ts';
import { inWords } from '../device/problem.ts';
import type { Fate } from '../device/queue.ts';
import { InnerTop } from '../parts/parts.tsx';
import { usePhoneStore } from '../parts/use-phone.tsx';
import { goBack } from '../parts/use-route.ts';
import { words } from '../words/words.ts';

interface TicketDraft {
  readonly subject: string;
  readonly text: string;
}

/** With its number, which the caller may want to hear; not where the desk has it and its answer got lost. */
function describeFate(fate: Fate): string {
  if (fate.is === 'kept') return words.problems.kept;
  const ticket = fate.answer as CallTicket | undefined;
  return ticket === undefined ? words.outcome.saved : words.ticket.isOpen(ticket.number);
}

/** Opens a ticket while one talks: what it is about, and a note for the team. */
export function CallTicketScreen({ id }: { readonly id: string }) {
  const store = usePhoneStore();
  const name = `ticket.${id}`;
  const [draft, setDraft] = useState<TicketDraft>(() => ({ subject: '', text: '', ...(kept(name) as Partial<TicketDraft> | null) }));
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
      const fate = await store.submit({ path: `/calls/${id}/ticket`, body: { subject: draft.subject, text: draft.text }, label: draft.subject });
      keep(name, undefined);
      store.say(describeFate(fate));
      goBack('calls');
    } catch (error) {
      setSaving(false);
      setProblem(inWords(error));
    }
  }

  function edit(patch: Partial<TicketDraft>): void {
    setProblem('');
    setDraft((before) => ({ ...before, ...patch }));
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

/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks';
import type { CallerMatch } from '#server/caller-id/caller-id.contract.ts';
import type { Call, CallOutcome } from '#server/calls/calls.contract.ts';
import { askOrRecall } from '../device/ask-or-recall.ts';
import { ask, query } from '../device/client.ts';
import { inWords, NotReached } from '../device/problem.ts';
import { PlusIcon } from '../parts/icons.tsx';
import { Failed, InnerTop, Waiting } from '../parts/parts.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { usePhone, usePhoneStore } from '../parts/use-phone.tsx';
import { goBack } from '../parts/use-route.ts';
import { words } from '../words/words.ts';
import { nameOf } from './call-row.tsx';
import { Choices, WhoWasIt } from './choices.tsx';
import { TaskFields } from './task-fields.tsx';
import { keepDraft, readDraft, type OutcomeDraft } from './outcome-draft.ts';
import { dayIn, dueAt, timeOn } from './task-due.ts';

/** In the order in which they are likely. */
const outcomes: readonly CallOutcome[] = ['connected', 'no-answer', 'left-message', 'busy', 'wrong-number'];

/** Who it may have been: all that share the number, unless it is one person's own or somebody said who it was. */
async function candidatesOf({ number, contact }: Call): Promise<CallerMatch['candidates']> {
  if (number === null) return [];
  const response = await ask(`/lookup${query({ number })}`);
  if (response.status === 204) return [];
  const { candidates } = (await response.json()) as CallerMatch;
  if (contact === null) return candidates;
  return candidates.length > 1 && candidates.some(({ id }) => id === contact.id) ? candidates : [];
}

type KnownCall = Pick<Call, 'id' | 'direction' | 'display' | 'outcome' | 'note'> & { readonly contactId: string | null };

/** The call as the form knew it before, for when the desk is not reached. */
function callWithoutDesk(id: string): KnownCall {
  const { direction, display } = readDraft(id).heading ?? { direction: 'outbound', display: words.outcome.thisCaller };
  return { id, direction, display, outcome: null, note: null, contactId: null };
}

function OutcomeForm({ call, candidates }: { readonly call: KnownCall; readonly candidates: CallerMatch['candidates'] }) {
  const store = usePhoneStore();
  const [draft, setDraft] = useState<OutcomeDraft>(() => {
    const kept = readDraft(call.id);
    return {
      ...kept,
      heading: { direction: call.direction, display: call.display },
      outcome: kept.outcome ?? call.outcome ?? undefined,
      note: kept.note === '' ? (call.note ?? '') : kept.note,
    };
  });
  const [problem, setProblem] = useState('');
  const [isSaving, setSaving] = useState(false);

  useEffect(() => keepDraft(call.id, draft), [call.id, draft]);

  function edit(patch: Partial<OutcomeDraft>): void {
    setProblem('');
    setDraft((before) => ({ ...before, ...patch }));
  }

  async function save(event: Event): Promise<void> {
    event.preventDefault();
    if (draft.outcome === undefined) {
      setProblem(words.outcome.chooseOne);
      return;
    }
    setSaving(true);
    const tasks = draft.tasks.filter((task) => task.title.trim() !== '').map((task) => ({ title: task.title.trim(), dueAt: dueAt(task) }));
    const contact = draft.contactId === undefined || draft.contactId === call.contactId ? {} : { contactId: draft.contactId };
    try {
      const body = { outcome: draft.outcome, note: draft.note, tasks, ...contact };
      const fate = await store.submit({ path: `/calls/${call.id}/outcome`, body, label: words.outcome.of(call.display) });
      keepDraft(call.id, undefined);
      store.dismissEnded(call.id);
      store.callsChanged();
      store.tasksChanged();
      store.say(fate.is === 'sent' ? words.outcome.saved : words.problems.kept);
      // Who went on meanwhile stays where they are.
      if (location.hash.endsWith(`/${call.id}/outcome`)) goBack('calls');
    } catch (error) {
      setSaving(false);
      setProblem(inWords(error));
    }
  }

  return (
    <form class="form" onSubmit={(event) => void save(event)} noValidate>
      <p class="lead">
        {call.direction === 'outbound' ? words.outcome.yourCallTo : words.outcome.callFrom} <b>{call.display}</b>
      </p>
      <Choices
        legend={words.outcome.how}
        name="outcome"
        options={outcomes.map((outcome) => [outcome, words.outcome.outcomes[outcome]] as const)}
        chosen={draft.outcome}
        onChoose={(outcome) => edit({ outcome })}
      />
      {candidates.length > 0 && (
        <WhoWasIt
          candidates={candidates}
          chosen={draft.contactId === undefined ? (call.contactId ?? undefined) : draft.contactId}
          onChoose={(contactId) => edit({ contactId })}
        />
      )}
      <label class="field">
        <span>{words.parts.noteForTeam}</span>
        <textarea rows={4} maxLength={20_000} value={draft.note} onInput={(event) => edit({ note: event.currentTarget.value })} />
      </label>
      <TaskFields tasks={draft.tasks} onChange={(tasks) => edit({ tasks })} />
      {draft.tasks.length < 10 && (
        <button type="button" class="button" onClick={() => edit({ tasks: [...draft.tasks, { title: '', dueOn: dayIn(1), dueTime: timeOn(dayIn(1)) }] })}>
          <PlusIcon />
          {words.outcome.addTask}
        </button>
      )}
      {problem !== '' && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <div class="form-end">
        <button type="submit" class="button primary" disabled={isSaving}>
          {isSaving ? words.outcome.saving : words.outcome.save}
        </button>
      </div>
    </form>
  );
}

/** Comes up after a call: how it went, a note, what follows. */
export function OutcomeScreen({ id }: { readonly id: string }) {
  const { isConnected } = usePhone();
  const loaded = useLoaded(`outcome:${id}`, async (signal) => {
    try {
      const { answer: call, keptAt } = await askOrRecall<Call>(`/calls/${encodeURIComponent(id)}`, { signal, isConnected });
      return {
        call: { ...call, display: nameOf(call), contactId: call.contact?.id ?? null },
        candidates: keptAt === undefined ? await candidatesOf(call) : [],
      };
    } catch (error) {
      if (!(error instanceof NotReached)) throw error;
      return { call: callWithoutDesk(id), candidates: [] };
    }
  });
  return (
    <>
      <InnerTop title={words.outcome.title} onBack={() => goBack('calls')} />
      {loaded.value === undefined && loaded.error !== undefined && <Failed error={loaded.error} onRetry={loaded.reload} />}
      {loaded.value === undefined && loaded.error === undefined && <Waiting rows={4} />}
      {loaded.value !== undefined && <OutcomeForm key={id} {...loaded.value} />}
    </>
  );
}

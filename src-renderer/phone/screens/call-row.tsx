/** @jsxImportSource preact */
import type { Call } from '#server/calls/calls.contract.ts';
import { due, duration, exact, when } from '../parts/format.ts';
import { PhoneIcon } from '../parts/icons.tsx';
import { Avatar } from '../parts/parts.tsx';
import { CallLink } from '../parts/place-call.tsx';
import { linkTo } from '../parts/use-route.ts';

const outcomes: Readonly<Record<NonNullable<Call['outcome']>, string>> = {
  connected: 'connected',
  'no-answer': 'no answer',
  busy: 'busy',
  'left-message': 'left a message',
  'wrong-number': 'wrong number',
};

/** The others of a number that several share, as the label names them after the company. */
function sharers(call: Call): string | undefined {
  if (call.contact !== null || call.label === null || call.company === null) return undefined;
  const start = `${call.company.name}: `;
  return call.label.startsWith(start) ? call.label.slice(start.length).replace(/ \+(\d+)$/u, ' and $1 more') : undefined;
}

function describeTask(dueAt: string | null): string {
  if (dueAt === null) return 'task';
  return Date.parse(dueAt) < Date.now() ? 'task overdue' : `task for ${due(dueAt)}`;
}

/** What happened, in the order one asks: missed or how long, who, what came of it, when. */
export function describeCall(call: Call): string {
  const names = sharers(call);
  const task = call.tasks.find((candidate) => !candidate.isDone);
  const parts = [
    call.state === 'missed' ? 'Missed' : undefined,
    names === undefined ? undefined : `Shared number: ${names}`,
    call.company !== null && call.company.name !== call.display ? call.company.name : undefined,
    call.durationSeconds === null || call.state === 'missed' ? undefined : duration(call.durationSeconds),
    call.outcome === null || call.outcome === 'connected' ? undefined : outcomes[call.outcome],
    call.note === null ? undefined : 'note saved',
    task === undefined ? undefined : describeTask(task.dueAt),
    when(call.startedAt),
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

/** One call of the log; the name opens it, the button calls back. */
export function CallRow({ call }: { readonly call: Call }) {
  const isMissed = call.state === 'missed';
  const number = call.number;
  return (
    <li class={`row${isMissed ? ' missed' : ''}`}>
      <Avatar name={call.isWithheld ? '?' : call.display} />
      <a class="row-text" href={linkTo('calls', call.id)} title={exact(call.startedAt)}>
        <b>{call.display}</b>
        <span>{describeCall(call)}</span>
        {call.asksForOutcome && <em>Add how it went</em>}
      </a>
      {number !== null && (
        <CallLink number={number} label={`Call back ${call.display}`} className="round">
          <PhoneIcon />
        </CallLink>
      )}
    </li>
  );
}

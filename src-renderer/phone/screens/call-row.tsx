/** @jsxImportSource preact */
import type { Call } from '#server/calls/calls.contract.ts';
import { due, duration, exact, when } from '../parts/format.ts';
import { inLine, isolated } from '../parts/in-line.ts';
import { PhoneIcon } from '../parts/icons.tsx';
import { Avatar } from '../parts/parts.tsx';
import { CallLink } from '../parts/place-call.tsx';
import { linkTo } from '../parts/use-route.ts';
import { words } from '../words/words.ts';

/** The others of a number that several share, as the label names them after the company. */
function sharers(call: Call): string | undefined {
  if (call.contact !== null || call.label === null || call.company === null) return undefined;
  const start = `${call.company.name}: `;
  if (!call.label.startsWith(start)) return undefined;
  return call.label.slice(start.length).replace(/^(.*) \+(\d+)$/u, (_label, names: string, more: string) => words.row.andMore(names, Number(more)));
}

function describeTask(dueAt: string | null): string {
  if (dueAt === null) return words.row.task;
  return Date.parse(dueAt) < Date.now() ? words.row.taskOverdue : words.row.taskFor(due(dueAt));
}

/** Who it was; the desk's word for a number that was withheld is English. */
export function nameOf(call: Pick<Call, 'display' | 'isWithheld' | 'contact' | 'company' | 'label'>): string {
  const isKnown = call.contact !== null || call.company !== null || call.label !== null;
  return call.isWithheld && !isKnown ? words.row.withheld : call.display;
}

/** What happened, in the order one asks: missed or how long, who, what came of it, when. */
export function describeCall(call: Call): string {
  const names = sharers(call);
  const task = call.tasks.find((candidate) => !candidate.isDone);
  const parts = [
    call.state === 'missed' ? words.row.missed : undefined,
    names === undefined ? undefined : words.row.sharedNumber(isolated(names)),
    call.company !== null && call.company.name !== call.display ? inLine(call.company.name) : undefined,
    call.durationSeconds === null || call.state === 'missed' ? undefined : duration(call.durationSeconds),
    call.outcome === null || call.outcome === 'connected' ? undefined : words.row.outcomes[call.outcome],
    call.note === null ? undefined : words.row.noteSaved,
    task === undefined ? undefined : describeTask(task.dueAt),
    when(call.startedAt),
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

/** One call of the log; the name opens it, the button calls back. */
export function CallRow({ call }: { readonly call: Call }) {
  const isMissed = call.state === 'missed';
  const number = call.number;
  const name = nameOf(call);
  return (
    <li class={`row${isMissed ? ' missed' : ''}`}>
      <Avatar name={call.isWithheld ? '?' : name} />
      <a class="row-text" href={linkTo('calls', call.id)} title={exact(call.startedAt)}>
        <b>{name}</b>
        <span>{describeCall(call)}</span>
        {call.asksForOutcome && <em>{words.row.addOutcome}</em>}
      </a>
      {number !== null && (
        <CallLink number={number} label={words.parts.callBackTo(name)} className="round">
          <PhoneIcon />
        </CallLink>
      )}
    </li>
  );
}

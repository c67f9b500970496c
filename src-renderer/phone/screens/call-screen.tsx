/** @jsxImportSource preact */
import type { Call } from '#server/calls/calls.contract.ts';
import { due, duration, exact } from '../parts/format.ts';
import { AsOf, Avatar, Failed, InnerTop, Waiting } from '../parts/parts.tsx';
import { CallLink } from '../parts/place-call.tsx';
import { usePhone } from '../parts/use-phone.tsx';
import { useRecalled } from '../parts/use-recalled.ts';
import { goBack, linkTo } from '../parts/use-route.ts';

const outcomes: Readonly<Record<NonNullable<Call['outcome']>, string>> = {
  connected: 'Connected',
  'no-answer': 'No answer',
  busy: 'Busy',
  'left-message': 'Left a message',
  'wrong-number': 'Wrong number',
};

function kindOf(call: Call): string {
  if (call.state === 'missed') return 'Missed call';
  return call.direction === 'outbound' ? 'You called' : 'Called you';
}

function Details({ call }: { readonly call: Call }) {
  return (
    <>
      <div class="person">
        <Avatar name={call.isWithheld ? '?' : call.display} tone={call.state === 'missed' ? 'missed' : 'quiet'} />
        <h2>{call.display}</h2>
        <p>{call.label !== null && call.contact === null ? call.label : (call.company?.name ?? '')}</p>
      </div>
      <div class="acts wide">
        {call.contact !== null && (
          <a class="button" href={linkTo('people', call.contact.id)}>
            View contact
          </a>
        )}
        {call.number !== null && (
          <CallLink number={call.number} label={`Call back ${call.display}`} className="button primary">
            Call back
          </CallLink>
        )}
      </div>
      <dl class="facts card">
        <div>
          <dt>{kindOf(call)}</dt>
          <dd>{exact(call.startedAt)}</dd>
        </div>
        {call.displayNumber !== '' && (
          <div>
            <dt>Number</dt>
            <dd class="number">{call.displayNumber}</dd>
          </div>
        )}
        {call.durationSeconds !== null && (
          <div>
            <dt>Lasted</dt>
            <dd>{duration(call.durationSeconds)}</dd>
          </div>
        )}
        {call.outcome !== null && (
          <div>
            <dt>How it went</dt>
            <dd>{outcomes[call.outcome]}</dd>
          </div>
        )}
        {call.note !== null && (
          <div>
            <dt>Note</dt>
            <dd class="prose">{call.note}</dd>
          </div>
        )}
        {call.tasks.map((task) => (
          <div key={task.id}>
            <dt>{task.isDone ? 'Done' : 'To do'}</dt>
            <dd>
              {task.title}
              {task.dueAt === null ? '' : `, ${due(task.dueAt)}`}
            </dd>
          </div>
        ))}
      </dl>
      <div class="acts wide">
        <a class="button" href={linkTo('calls', call.id, 'outcome')}>
          {call.outcome === null ? 'Add how it went' : 'Change how it went'}
        </a>
        <a class="button" href={linkTo('calls', call.id, 'ticket')}>
          Open a ticket
        </a>
      </div>
    </>
  );
}

export function CallScreen({ id }: { readonly id: string }) {
  const { callsVersion } = usePhone();
  const call = useRecalled<Call>(`/calls/${encodeURIComponent(id)}`, callsVersion);
  return (
    <>
      <InnerTop title="Call" onBack={() => goBack('calls')} />
      <AsOf at={call.keptAt} />
      {call.value === undefined && call.error !== undefined && <Failed error={call.error} onRetry={call.reload} />}
      {call.value === undefined && call.error === undefined && <Waiting rows={3} />}
      {call.value !== undefined && <Details call={call.value} />}
    </>
  );
}

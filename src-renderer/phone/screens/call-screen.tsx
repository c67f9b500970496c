/** @jsxImportSource preact */
import type { Call } from '#server/calls/calls.contract.ts';
import { dueExactly, duration, exact } from '../parts/format.ts';
import { AsOf, Avatar, Failed, InnerTop, Waiting } from '../parts/parts.tsx';
import { CallLink } from '../parts/place-call.tsx';
import { taskTitle } from '../parts/task-title.ts';
import { usePhone } from '../parts/use-phone.tsx';
import { useRecalled } from '../parts/use-recalled.ts';
import { goBack, linkTo } from '../parts/use-route.ts';
import { words } from '../words/words.ts';
import { nameOf } from './call-row.tsx';

function kindOf(call: Call): string {
  if (call.state === 'missed') return words.call.missed;
  return call.direction === 'outbound' ? words.call.outbound : words.call.inbound;
}

function Details({ call }: { readonly call: Call }) {
  const name = nameOf(call);
  return (
    <>
      <div class="person">
        <Avatar name={call.isWithheld ? '?' : name} tone={call.state === 'missed' ? 'missed' : 'quiet'} />
        <h2>{name}</h2>
        <p>{call.label !== null && call.contact === null ? call.label : (call.company?.name ?? '')}</p>
      </div>
      <div class="acts wide">
        {call.contact !== null && (
          <a class="button" href={linkTo('people', call.contact.id)}>
            {words.parts.viewContact}
          </a>
        )}
        {call.number !== null && (
          <CallLink number={call.number} label={words.parts.callBackTo(name)} className="button primary">
            {words.parts.callBack}
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
            <dt>{words.call.number}</dt>
            <dd class="number">{call.displayNumber}</dd>
          </div>
        )}
        {call.durationSeconds !== null && (
          <div>
            <dt>{words.call.lasted}</dt>
            <dd>{duration(call.durationSeconds)}</dd>
          </div>
        )}
        {call.outcome !== null && (
          <div>
            <dt>{words.call.outcome}</dt>
            <dd>{words.outcome.outcomes[call.outcome]}</dd>
          </div>
        )}
        {call.note !== null && (
          <div>
            <dt>{words.call.note}</dt>
            <dd class="prose">{call.note}</dd>
          </div>
        )}
        {call.tasks.map((task) => (
          <div key={task.id}>
            <dt>{task.isDone ? words.call.done : words.call.toDo}</dt>
            <dd>
              {taskTitle(task)}
              {task.dueAt === null ? '' : `, ${dueExactly(task.dueAt)}`}
            </dd>
          </div>
        ))}
      </dl>
      <div class="acts wide">
        <a class="button" href={linkTo('calls', call.id, 'outcome')}>
          {call.outcome === null ? words.call.add : words.call.change}
        </a>
        <a class="button" href={linkTo('calls', call.id, 'ticket')}>
          {words.call.openTicket}
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
      <InnerTop title={words.call.title} onBack={() => goBack('calls')} />
      <AsOf at={call.keptAt} />
      {call.value === undefined && call.error !== undefined && <Failed error={call.error} onRetry={call.reload} />}
      {call.value === undefined && call.error === undefined && <Waiting rows={3} />}
      {call.value !== undefined && <Details call={call.value} />}
    </>
  );
}

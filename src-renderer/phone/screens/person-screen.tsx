/** @jsxImportSource preact */
import type { PhoneContact } from '#server/phone/phone.contract.ts';
import { readHeldPerson, type HeldPerson } from '../device/held-people.ts';
import { NotReached } from '../device/problem.ts';
import { money } from '../parts/format.ts';
import { isolated } from '../parts/in-line.ts';
import { PhoneIcon, TicketIcon } from '../parts/icons.tsx';
import { AsOf, Avatar, Failed, InnerTop, Waiting } from '../parts/parts.tsx';
import { CallLink } from '../parts/place-call.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { usePhone } from '../parts/use-phone.tsx';
import { useRecalled } from '../parts/use-recalled.ts';
import { goBack } from '../parts/use-route.ts';
import { words } from '../words/words.ts';

function NumberRow({ name, number }: { readonly name: string; readonly number: PhoneContact['numbers'][number] }) {
  const label = words.person.fields[number.field];
  const ending = number.extension === null ? '' : words.person.extension(number.extension);
  return (
    <li class="row">
      <span class="row-text">
        <b class="number">
          {number.display}
          {ending}
        </b>
        <span>{number.e164 === null ? words.person.unreadable(label) : label}</span>
      </span>
      {number.e164 !== null && (
        <CallLink number={number.e164} extension={number.extension} label={words.person.callOn[number.field](name)} className="round filled">
          <PhoneIcon />
        </CallLink>
      )}
    </li>
  );
}

function Card({ person }: { readonly person: PhoneContact }) {
  return (
    <>
      <div class="person">
        <Avatar name={person.name} />
        <h2>{person.name}</h2>
        <p>{[person.jobTitle ?? '', person.company?.name ?? ''].filter(Boolean).map(isolated).join(', ') || words.person.noCompany}</p>
      </div>
      <h3 class="group">{words.person.numbers}</h3>
      {person.numbers.length === 0 ? (
        <p class="hint">{words.person.noNumber}</p>
      ) : (
        <ul class="rows card" aria-label={words.person.numbers}>
          {person.numbers.map((number) => (
            <NumberRow key={`${number.field}${number.display}${number.extension ?? ''}`} name={person.name} number={number} />
          ))}
        </ul>
      )}
      {person.deal !== null && (
        <>
          <h3 class="group">{words.person.deal}</h3>
          <ul class="rows card">
            <li class="row">
              <span class="row-text">
                <b>{person.deal.name}</b>
                <span>{person.deal.value === null ? words.person.dealOpen : money(person.deal.value)}</span>
              </span>
            </li>
          </ul>
        </>
      )}
      <h3 class="group">{words.person.openTickets}</h3>
      {person.openTickets.length === 0 ? (
        <p class="hint">{words.person.nothingOpen}</p>
      ) : (
        <ul class="rows card" aria-label={words.person.openTickets}>
          {person.openTickets.map((ticket) => (
            <li key={ticket.id} class="row">
              <span class="avatar small" aria-hidden="true">
                <TicketIcon />
              </span>
              <span class="row-text">
                <b>{ticket.subject}</b>
                <span>{words.parts.ticket(ticket.number)}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Somebody who was never looked at here, without the desk: what the contacts on this phone tell. */
function HeldCard({ person }: { readonly person: HeldPerson }) {
  return (
    <>
      <p class="hint">{words.people.fromThisPhone}</p>
      <div class="person">
        <Avatar name={person.name} />
        <h2>{person.name}</h2>
        <p>{person.company ?? words.person.noCompany}</p>
      </div>
      <h3 class="group">{words.person.numbers}</h3>
      <ul class="rows card" aria-label={words.person.numbers}>
        {person.numbers.map((number) => (
          <li key={number} class="row">
            <span class="row-text">
              <b class="number">{number}</b>
            </span>
            <CallLink number={number} label={words.parts.call(person.name)} className="round filled">
              <PhoneIcon />
            </CallLink>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Why somebody can't be shown, unless this phone holds them. */
function WithoutDesk({ id, error, onRetry }: { readonly id: string; readonly error: unknown; readonly onRetry: () => void }) {
  const held = useLoaded(`held:${id}`, () => (error instanceof NotReached ? readHeldPerson(id) : Promise.resolve(undefined)));
  if (held.isLoading) return <Waiting rows={4} />;
  return held.value === undefined ? <Failed error={error} onRetry={onRetry} /> : <HeldCard person={held.value} />;
}

export function PersonScreen({ id }: { readonly id: string }) {
  const { callsVersion } = usePhone();
  const person = useRecalled<PhoneContact>(`/contacts/${encodeURIComponent(id)}`, callsVersion);
  return (
    <>
      <InnerTop title={words.person.title} onBack={() => goBack('people')} />
      <AsOf at={person.keptAt} />
      {person.value === undefined && person.error !== undefined && <WithoutDesk id={id} error={person.error} onRetry={person.reload} />}
      {person.value === undefined && person.error === undefined && <Waiting rows={4} />}
      {person.value !== undefined && <Card person={person.value} />}
    </>
  );
}

/** @jsxImportSource preact */
import type { PhoneContact } from '#server/phone/phone.contract.ts';
import { money } from '../parts/format.ts';
import { PhoneIcon, TicketIcon } from '../parts/icons.tsx';
import { AsOf, Avatar, Failed, InnerTop, Waiting } from '../parts/parts.tsx';
import { CallLink } from '../parts/place-call.tsx';
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
        <p>{[person.jobTitle, person.company?.name].filter(Boolean).join(', ') || words.person.noCompany}</p>
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

export function PersonScreen({ id }: { readonly id: string }) {
  const { callsVersion } = usePhone();
  const person = useRecalled<PhoneContact>(`/contacts/${encodeURIComponent(id)}`, callsVersion);
  return (
    <>
      <InnerTop title={words.person.title} onBack={() => goBack('people')} />
      <AsOf at={person.keptAt} />
      {person.value === undefined && person.error !== undefined && <Failed error={person.error} onRetry={person.reload} />}
      {person.value === undefined && person.error === undefined && <Waiting rows={4} />}
      {person.value !== undefined && <Card person={person.value} />}
    </>
  );
}

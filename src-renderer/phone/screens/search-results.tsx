/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks';
import type { PhoneContactSummary, PhoneTicket } from '#server/phone/phone.contract.ts';
import { shortWait } from '../device/ask-or-recall.ts';
import { askFor, query } from '../device/client.ts';
import { findHeldPeople } from '../device/held-people.ts';
import { NotReached } from '../device/problem.ts';
import { inLine } from '../parts/in-line.ts';
import { PhoneIcon, TicketIcon } from '../parts/icons.tsx';
import { Avatar, Empty, Failed, Waiting } from '../parts/parts.tsx';
import { CallLink } from '../parts/place-call.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { usePhone } from '../parts/use-phone.tsx';
import { linkTo } from '../parts/use-route.ts';
import { words } from '../words/words.ts';

interface Found {
  readonly people: readonly PhoneContactSummary[];
  readonly tickets: readonly PhoneTicket[];
  /** From the contacts on this phone, because the desk was not reached. */
  readonly isOffline: boolean;
}

const mostShown = 30;

/** A search goes on in the contacts on this phone, so nobody waits long for the desk. */
interface Asking {
  readonly signal: AbortSignal;
  readonly waitAtMost: number;
}

async function searchDesk(typed: string, asking: Asking): Promise<Found> {
  const [people, tickets] = await Promise.all([
    askFor<{ items: PhoneContactSummary[] }>(`/contacts${query({ search: typed, limit: mostShown })}`, asking),
    typed === '' ? { items: [] } : askFor<{ items: PhoneTicket[] }>(`/tickets${query({ search: typed, limit: 5 })}`, asking),
  ]);
  return { people: people.items, tickets: tickets.items, isOffline: false };
}

async function searchPhone(typed: string): Promise<Found> {
  const held = await findHeldPeople(typed, mostShown);
  const people = held.map(({ id, name, company, numbers: [number = ''] }) => ({ id, name, company, number: { e164: number, display: number } }));
  return { people, tickets: [], isOffline: true };
}

async function search(typed: string, asking: Asking): Promise<Found> {
  try {
    return await searchDesk(typed, asking);
  } catch (error) {
    if (!(error instanceof NotReached)) throw error;
    return searchPhone(typed).catch(() => Promise.reject(error));
  }
}

/** The text as it was when typing paused. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 180);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

export function PersonRow({ person }: { readonly person: PhoneContactSummary }) {
  const details = [person.company === null ? null : inLine(person.company), person.number?.display].filter(
    (part) => part !== null && part !== undefined && part !== person.name,
  );
  return (
    <li class="row">
      <Avatar name={person.name} />
      <a class="row-text" href={linkTo('people', person.id)}>
        <b>{person.name}</b>
        <span>{details.join(' · ')}</span>
      </a>
      {person.number !== null && person.number.e164 !== null && (
        <CallLink number={person.number.e164} label={words.parts.call(person.name)} className="round">
          <PhoneIcon />
        </CallLink>
      )}
    </li>
  );
}

function TicketRow({ ticket }: { readonly ticket: PhoneTicket }) {
  const { contact } = ticket;
  const text = (
    <>
      <b>{ticket.subject}</b>
      <span>
        {[words.parts.ticket(ticket.number), ticket.isOpen ? words.people.open : words.people.closed, contact === null ? '' : inLine(contact.name)]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </>
  );
  return (
    <li class="row">
      <span class="avatar" aria-hidden="true">
        <TicketIcon />
      </span>
      {contact === null ? (
        <span class="row-text">{text}</span>
      ) : (
        <a class="row-text" href={linkTo('people', contact.id)}>
          {text}
        </a>
      )}
    </li>
  );
}

/** What fits the words typed: people, then tickets. Without the desk, the contacts on this phone. */
export function SearchResults({ typed }: { readonly typed: string }) {
  const settled = useSettled(typed.trim());
  const { isConnected } = usePhone();
  const found = useLoaded(`search:${settled}`, (signal) => search(settled, { signal, waitAtMost: shortWait(isConnected) }));
  if (found.error !== undefined && found.value === undefined) return <Failed error={found.error} onRetry={found.reload} />;
  if (found.value === undefined) return <Waiting />;
  const { people, tickets, isOffline } = found.value;

  if (people.length === 0 && isOffline && settled === '') {
    return (
      <Empty title={words.people.noneHeld}>
        <p>{words.people.noneHeldHint}</p>
      </Empty>
    );
  }
  if (people.length === 0 && tickets.length === 0) {
    return settled === '' ? (
      <Empty title={words.people.none}>
        <p>{words.people.noneHint}</p>
      </Empty>
    ) : (
      <Empty title={words.people.notFound}>
        <p>{words.people.notFoundHint(settled)}</p>
      </Empty>
    );
  }
  return (
    <>
      {isOffline && <p class="hint">{words.people.fromThisPhone}</p>}
      {settled !== '' && <output class="visually-hidden">{words.people.found(people.length + tickets.length)}</output>}
      <ul class="rows" aria-label={words.tabs.people}>
        {people.map((person) => (
          <PersonRow key={`${person.id}${person.number?.e164 ?? ''}`} person={person} />
        ))}
      </ul>
      {tickets.length > 0 && (
        <>
          <h2 class="group">{words.people.tickets}</h2>
          <ul class="rows" aria-label={words.people.tickets}>
            {tickets.map((ticket) => (
              <TicketRow key={ticket.id} ticket={ticket} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

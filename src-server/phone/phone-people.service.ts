import { fullName } from '../caller-id/caller-label.ts';
import { readOwnDevice } from '../devices/device-self.service.ts';
import { InvalidInput, NotFound } from '../kernel/app-error.ts';
import type { Context } from '../kernel/context.ts';
import { shownText } from '../kernel/shown-text.ts';
import { decodeCursor, toPage, type Page } from '../kernel/page.ts';
import { searchExpression } from '../people/people-search.ts';
import type { PhoneNumber } from '../people/people.contract.ts';
import { displayName } from '../people/person-name.ts';
import { numbersOf } from '../phone-numbers/phone-numbers.service.ts';
import { listTickets } from '../tickets/ticket-list.service.ts';
import { findOpenDeal, findPerson, foundPeople, listOpenTickets, listPublic, recentPeople } from './phone-people.queries.ts';
import type { PhoneContact, PhoneContactSummary, PhoneSearchQuery, PhoneTicket } from './phone.contract.ts';

function callable(numbers: readonly PhoneNumber[]): PhoneNumber | undefined {
  return numbers.find((number) => number.e164 !== null) ?? numbers[0];
}

function nameOf(row: { readonly first_name: string; readonly last_name: string }, numbers: readonly PhoneNumber[]): string {
  return displayName({ firstName: row.first_name, lastName: row.last_name, number: callable(numbers)?.display ?? null });
}

function rankOf(cursor: string | undefined): number {
  if (cursor === undefined) return Number.MAX_SAFE_INTEGER;
  const rank = decodeCursor(cursor, 1)?.[0];
  if (typeof rank !== 'number') throw new InvalidInput([{ path: 'cursor', message: 'This page is not there. Start from the first one.' }]);
  return rank;
}

/** People phones may know: those that match what was typed, or the most recently active. Not limited to what is synced. */
export async function searchPeople(ctx: Context, query: PhoneSearchQuery): Promise<Page<PhoneContactSummary>> {
  const page = { before: rankOf(query.cursor), limit: query.limit + 1 };
  const match = searchExpression({ search: query.search });
  if (query.search !== '' && match === undefined) return { items: [], nextCursor: null };
  const rows = await (match === undefined ? ctx.hot.all(recentPeople, page) : ctx.hot.all(foundPeople, { ...page, match }));
  const ids = rows.slice(0, query.limit).map((row) => row.id);
  const numbers = ids.length === 0 ? new Map<string, PhoneNumber[]>() : await numbersOf(ctx, 'contact', ids);
  return toPage(rows, query.limit, {
    item: (row) => {
      const own = numbers.get(row.id) ?? [];
      const number = callable(own);
      return {
        id: row.id,
        name: nameOf(row, own),
        company: row.company_name === null ? null : shownText(row.company_name),
        number: number === undefined ? null : { e164: number.e164, display: number.display },
      };
    },
    key: (row) => [row.activity_rank],
  });
}

/** One person's card: who they are, how to call them, what is open. */
export async function getPerson(ctx: Context, id: string): Promise<PhoneContact> {
  const row = await findPerson(ctx.db, id);
  if (row === undefined) throw new NotFound('This contact');
  const numbers = (await numbersOf(ctx, 'contact', [id])).get(id) ?? [];
  const device = await readOwnDevice(ctx);
  const deal = device.show_deal === 1 ? await findOpenDeal(ctx.db, id) : undefined;
  return {
    id,
    name: nameOf(row, numbers),
    company: row.company_id === null ? null : { id: row.company_id, name: shownText(row.company_name ?? '') },
    jobTitle: row.job_title,
    numbers: numbers.map(({ field, e164, extension, display }) => ({ field, e164, extension, display })),
    openTickets: (await listOpenTickets(ctx.db, id)).map((ticket) => ({ ...ticket, subject: shownText(ticket.subject) })),
    deal:
      deal === undefined
        ? null
        : { name: shownText(deal.name), value: deal.amount === null || deal.currency === null ? null : { amount: deal.amount, currency: deal.currency } },
  };
}

/** Tickets that match what was typed: the number, or words of subject and conversation. */
export async function searchTickets(ctx: Context, query: PhoneSearchQuery): Promise<Page<PhoneTicket>> {
  if (query.search === '') return { items: [], nextCursor: null };
  const { cursor, limit, search } = query;
  const found = await listTickets(ctx, { state: 'all', search, limit, ...(cursor === undefined ? {} : { cursor }) });
  const contactIds = found.items.flatMap((ticket) => (ticket.contact === null ? [] : [ticket.contact.id]));
  const known = new Map(
    (contactIds.length === 0 ? [] : await listPublic(ctx.db, contactIds)).map((person) => [
      person.id,
      // Names, never addresses: empty for somebody who is known by an address only.
      { id: person.id, name: fullName({ firstName: person.first_name, lastName: person.last_name }) },
    ]),
  );
  return {
    items: found.items.map(({ id, number, subject, isOpen, contact }) => ({
      id,
      number,
      subject: shownText(subject),
      isOpen,
      contact: contact === null ? null : (known.get(contact.id) ?? null),
    })),
    nextCursor: found.nextCursor,
  };
}

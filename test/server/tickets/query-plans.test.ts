import { describe, expect, test } from 'vitest';
import { filesBefore, messagesBefore, notesBefore } from '#server/conversations/conversations.queries.ts';
import type { HotRead } from '#server/database/hot-reads.ts';
import {
  customerFileById,
  customerFiles,
  customerLists,
  customerMessages,
  customerSearches,
  customerTicketByNumber,
  matchBeyond,
} from '#server/tickets/customer-tickets.queries.ts';
import { foundTickets, lastExamined, ticketLists } from '#server/tickets/ticket-list.queries.ts';
import { openTicketCounts, ticketById } from '#server/tickets/tickets.queries.ts';
import { testContext } from '#test/support/test-context.ts';

type AnyRead = HotRead<never, unknown>;

function named(reads: object, prefix: string): [string, AnyRead][] {
  return Object.entries(reads).map(([name, read]) => [`${prefix} ${name}`, read as AnyRead]);
}

const lists = [
  ...named(ticketLists, 'desk by'),
  ...named(customerLists.company, 'company by'),
  ['contact by activity', customerLists.contact['activity-desc'] as AnyRead] as const,
];
const searches = [...named(customerSearches, 'customer search'), ...named({ foundTickets, lastExamined, matchBeyond }, 'search')];
const others = [
  ...named(customerLists.contact, 'contact by'),
  ...named({ customerTicketByNumber, customerMessages, customerFiles, customerFileById, messagesBefore, filesBefore, notesBefore, ticketById }, 'one'),
];

async function planOf(read: AnyRead): Promise<string[]> {
  const ctx = await testContext();
  return ctx.hot.plan(read);
}

describe('no request reads the whole database', () => {
  test.each([...lists, ...searches, ...others])('%s', async (_name, read) => {
    const plan = await planOf(read);

    // A full-text index is always “scanned” in SQLite's words; by a match, which its plan number says (M).
    const scans = plan.filter((line) => line.startsWith('SCAN') && !/^SCAN ticket_(?:note_)?search VIRTUAL TABLE INDEX \d+:M/u.test(line));
    expect(scans).toEqual([]);
  });

  test.each(lists)('%s: the index gives the order and the place, so a page costs what it shows', async (_name, read) => {
    const plan = await planOf(read);

    expect(plan.join('\n')).not.toContain('TEMP B-TREE');
    const [place] = plan.filter((line) => line.startsWith('SEARCH tickets'));
    expect(place).toMatch(/SEARCH tickets USING INDEX \w+ \(.*[<>]/u);
  });

  test.each(searches.filter(([name]) => !name.endsWith('Beyond') && !name.endsWith('Examined')))('%s: what the words match leads', async (_name, read) => {
    const plan = await planOf(read);

    expect(plan[0]).toBe('SEARCH tickets USING INTEGER PRIMARY KEY (rowid=?)');
  });

  test('the matches of both indexes are merged in order, not collected first', async () => {
    const plan = (await planOf(lastExamined)).join('\n');

    expect(plan).toContain('MERGE (UNION)');
    expect(plan).not.toContain('TEMP B-TREE');
  });

  test('counts read the tallies, not the tickets', async () => {
    expect(await planOf(openTicketCounts)).toEqual(['SCAN ticket_tallies']);
  });
});

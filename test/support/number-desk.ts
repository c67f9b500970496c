import { expect } from 'vitest';
import type { CallerMatch } from '#server/caller-id/caller-id.contract.ts';
import type { Contact } from '#server/people/people.contract.ts';
import { pairsPhone } from './device-builders.ts';
import { testServer } from './test-server.ts';

/** A desk whose contacts come in by the console and whose callers are looked up by a phone: nothing else is touched. */
export async function numberDesk(country = 'PL') {
  const server = await testServer();
  const isIn = async (where: string) => {
    const answer = await server.asConsole('PUT', '/settings/company', { name: 'ACME', country: where, language: 'en', timeZone: 'Europe/Warsaw' });
    expect([where, answer.statusCode, answer.body]).toEqual([where, 200, expect.any(String)]);
  };
  await isIn(country);
  const phone = await pairsPhone(server);
  return {
    server,
    isIn,
    /** Stores a contact with a number as somebody typed it. */
    stores: async (name: string, raw: string, of: string | null = null): Promise<Contact> => {
      const answer = await server.asConsole('POST', '/contacts', { firstName: name, lastName: '', phone: raw, ...(of === null ? {} : { country: of }) });
      expect([raw, answer.statusCode]).toEqual([raw, 201]);
      return answer.json<Contact>();
    },
    /** Removes everybody again. */
    forgets: async (contacts: readonly Contact[]): Promise<void> => {
      for (const { id } of contacts) expect((await server.asConsole('DELETE', `/contacts/${id}`)).statusCode).toBe(204);
    },
    /** What the phone shows for a calling number: how it matched, and whom. */
    shows: async (number: string): Promise<string> => {
      const answer = await phone.get(`/lookup?number=${encodeURIComponent(number)}`);
      if (answer.statusCode === 204) return 'nobody';
      expect([number, answer.statusCode]).toEqual([number, 200]);
      const { match, display } = answer.json<CallerMatch>();
      return `${match}: ${display}`;
    },
  };
}

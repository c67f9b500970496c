import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { RunningDesk } from './running-desk.ts';

/** Something the server said it has. Whatever happens next, it must still be there, exactly so. */
export type Acknowledged =
  | { readonly kind: 'contact'; readonly id: string; readonly email: string }
  | { readonly kind: 'ticket'; readonly id: string; readonly number: number; readonly text: string }
  | { readonly kind: 'message' | 'note'; readonly ticketId: string; readonly id: string; readonly text: string }
  | { readonly kind: 'file'; readonly id: string; readonly sha256: string }
  | { readonly kind: 'company-name'; readonly name: string };

const WithId = z.looseObject({ id: z.string() });
const WithNumber = WithId.extend({ number: z.number() });

async function answerOf<Schema extends z.ZodType>(response: Response, schema: Schema): Promise<z.infer<Schema> | undefined> {
  if (!response.ok) {
    await response.body?.cancel();
    return undefined;
  }
  return schema.parse(await response.json());
}

function word(): string {
  return randomBytes(6).toString('hex');
}

/** One write of each kind in turn; each notes what it was told was done. */
export function mixedWriter(desk: RunningDesk, note: (write: Acknowledged) => void): { step(): Promise<void> } {
  let turn = Math.floor(Math.random() * 6);
  let ticketId: string | undefined;

  const steps: readonly (() => Promise<void>)[] = [
    async () => {
      const email = `${word()}@example.com`;
      const made = await answerOf(await desk.call('POST', '/contacts', { firstName: 'Kill', lastName: word(), email, phone: '+48 22 123 45 67' }), WithId);
      if (made !== undefined) note({ kind: 'contact', id: made.id, email });
    },
    async () => {
      const text = word();
      const made = await answerOf(await desk.call('POST', '/tickets', { subject: word(), text }), WithNumber);
      if (made === undefined) return;
      ticketId = made.id;
      note({ kind: 'ticket', id: made.id, number: made.number, text });
    },
    async () => {
      if (ticketId === undefined) return;
      const text = word();
      const onTicket = ticketId;
      const made = await answerOf(await desk.call('POST', `/tickets/${onTicket}/messages`, { text }), WithId);
      if (made !== undefined) note({ kind: 'message', ticketId: onTicket, id: made.id, text });
    },
    async () => {
      if (ticketId === undefined) return;
      const text = word();
      const onTicket = ticketId;
      const made = await answerOf(await desk.call('POST', `/tickets/${onTicket}/notes`, { text }), WithId);
      if (made !== undefined) note({ kind: 'note', ticketId: onTicket, id: made.id, text });
    },
    async () => {
      const content = randomBytes(20_000);
      const form = new FormData();
      form.append('file', new Blob([content]), 'noise.bin');
      const response = await fetch(`${desk.adminUrl}/admin/v1/attachments`, {
        method: 'POST',
        headers: { authorization: `Bearer ${desk.adminToken}` },
        body: form,
      });
      const made = await answerOf(response, WithId);
      if (made !== undefined) note({ kind: 'file', id: made.id, sha256: createHash('sha256').update(content).digest('hex') });
    },
    async () => {
      const name = `Company ${word()}`;
      const changed = await answerOf(
        await desk.call('PUT', '/settings/company', { name, country: 'PL', timeZone: 'Europe/Warsaw', language: 'en' }),
        z.looseObject({}),
      );
      if (changed !== undefined) note({ kind: 'company-name', name });
    },
  ];

  return {
    async step() {
      turn += 1;
      await steps[turn % steps.length]?.();
    },
  };
}

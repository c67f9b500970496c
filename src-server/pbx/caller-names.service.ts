import { findCaller } from '../caller-id/caller-id.service.ts';
import { portalAddress } from '../certificates/address.service.ts';
import type { Context } from '../kernel/context.ts';
import type { ThreeCxAnswer } from './pbx.contract.ts';
import { sayableName } from './sayable-name.ts';

/** The one line a telephone system shows for a caller; empty when nobody is known or may be named. */
export async function callerName(ctx: Context, number: string): Promise<string> {
  const caller = await findCaller(ctx, number, { withoutDeal: true });
  return caller === null ? '' : sayableName(caller.display);
}

/** The caller as 3CX's CRM template reads it: one contact, the company that answers, or none. */
export async function threeCxLookup(ctx: Context, number: string): Promise<ThreeCxAnswer> {
  const caller = await findCaller(ctx, number, { withoutDeal: true });
  if (caller === null) return { contacts: [] };
  const { origin } = await portalAddress(ctx);
  const { contact, company } = caller;
  const isSure = contact !== null && caller.match !== 'maybe' && caller.candidates.length <= 1;
  // A number that several share, or a guess, is told as it is told everywhere: never as one person's.
  const url = `${origin}/phone/${isSure ? `#/people/${contact.id}` : ''}`;
  const names = isSure ? { firstName: contact.firstName, lastName: contact.lastName } : { firstName: caller.display, lastName: '' };
  return { contacts: [{ id: contact?.id ?? company?.id ?? caller.candidates[0]?.id ?? 'several', ...names, company: company?.name ?? '', url }] };
}

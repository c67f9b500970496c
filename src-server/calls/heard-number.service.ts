import type { CallerMatch } from '../caller-id/caller-id.contract.ts';
import { findCaller } from '../caller-id/caller-id.service.ts';
import { actingAs, systemActor, type Context } from '../kernel/context.ts';
import { formatForScreen, readNumber } from '../phone-numbers/phone-number.ts';
import { readSettings } from '../settings/settings.service.ts';
import { companySettings } from '../setup/company-settings.ts';

/** A number as a phone heard it, and who it belongs to. */
export interface HeardNumber {
  readonly e164: string | null;
  readonly displayNumber: string;
  readonly isWithheld: boolean;
  /** As the desk knows the caller. */
  readonly caller: CallerMatch | null;
  /** As phones may know the caller: without people who must not be published. */
  readonly publicCaller: CallerMatch | null;
}

export async function hearNumber(ctx: Context, number: string | null, agentId: string | null): Promise<HeardNumber> {
  const { country } = await readSettings(ctx, companySettings);
  const read = readNumber(number ?? '', { country });
  if (number === null || number.trim() === '' || read.kind === 'withheld') {
    return { e164: null, displayNumber: '', isWithheld: true, caller: null, publicCaller: null };
  }
  const called = agentId === null ? {} : { agentId };
  const caller = await findCaller(actingAs(ctx, systemActor), number, called);
  // Whoever reports it, a PBX say: what phones are told is what phones may know.
  const aPhone = actingAs(ctx, { kind: 'device', id: '', name: '', agentId: agentId ?? '' });
  return {
    e164: read.e164,
    displayNumber: read.e164 === null ? number.trim() : formatForScreen(read.e164, country),
    isWithheld: false,
    caller,
    publicCaller: caller === null ? null : await findCaller(aPhone, number, called),
  };
}

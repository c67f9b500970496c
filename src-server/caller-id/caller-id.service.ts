import type { Context } from '../kernel/context.ts';
import { shownText } from '../kernel/shown-text.ts';
import { exactKey } from '../phone-numbers/number-keys.ts';
import { formatForScreen, readNumber } from '../phone-numbers/phone-number.ts';
import { readSettings } from '../settings/settings.service.ts';
import { companySettings } from '../setup/company-settings.ts';
import type { CallerExplanation, CallerMatch, MatchKind } from './caller-id.contract.ts';
import { openDealOfCompany, openDealOfContact, openTicketsOfCompany, openTicketsOfContact, ownersByKey, publicTicketsOfCompany } from './caller-id.queries.ts';
import { identify, isForPhone, type Caller } from './caller-identity.service.ts';
import { searchNumber, type Search, type Tell } from './number-search.service.ts';

export interface CallerOptions {
  /** Who is being called: their own calls and contacts count more. */
  readonly agentId?: string | undefined;
  /** Leaves the deal out, for those who do not want to see it. */
  readonly withoutDeal?: boolean;
}

const ticketsShown = 5;

async function openTickets(ctx: Context, { contact, company }: Caller): Promise<CallerMatch['openTickets']> {
  if (contact !== null) {
    return toTickets(await ctx.hot.all(openTicketsOfContact, { id: contact.id, limit: ticketsShown }));
  }
  const ofCompany = isForPhone(ctx) ? publicTicketsOfCompany : openTicketsOfCompany;
  return company === null ? [] : toTickets(await ctx.hot.all(ofCompany, { id: company.id, limit: ticketsShown }));
}

function toTickets(rows: readonly CallerMatch['openTickets'][number][]): CallerMatch['openTickets'] {
  return rows.map(({ id, number, subject }) => ({ id, number, subject: shownText(subject) }));
}

async function openDeal(ctx: Context, { contact, company }: Caller): Promise<CallerMatch['deal']> {
  const companyId = company?.id ?? '';
  const row = await (contact === null ? ctx.hot.first(openDealOfCompany, { id: companyId }) : ctx.hot.first(openDealOfContact, { id: contact.id, companyId }));
  if (row === undefined) return null;
  return { name: shownText(row.name), value: row.amount === null || row.currency === null ? null : { amount: row.amount, currency: row.currency } };
}

async function find(search: Search, options: CallerOptions): Promise<CallerMatch | null> {
  const found = await searchNumber(search);
  const caller = found === undefined ? null : await identify(search, found, options.agentId);
  if (found === undefined || caller === null) return null;
  // Somebody without a name is shown by the number, as people here write it.
  const display = caller.display === '' ? screenForm(search) : caller.display;
  return { match: found.kind, ...caller, display, ...(await belongings(search.ctx, caller, options)) };
}

async function belongings(ctx: Context, caller: Caller, options: CallerOptions): Promise<Pick<CallerMatch, 'deal' | 'openTickets'>> {
  return { deal: options.withoutDeal === true ? null : await openDeal(ctx, caller), openTickets: await openTickets(ctx, caller) };
}

function screenForm({ read, number, country }: Search): string {
  return read.e164 === null ? number.trim() : formatForScreen(read.e164, country);
}

async function searchFor(ctx: Context, number: string, tell: Tell): Promise<Search> {
  const { country } = await readSettings(ctx, companySettings);
  return { ctx, number, country, read: readNumber(number, { country }), tell };
}

/**
 * Who is calling, or null when nobody is known by the number or it is withheld. The one answer for every phone, PBX and
 * screen. For a phone, contacts that must not be published are nobody.
 */
export async function findCaller(ctx: Context, number: string, options: CallerOptions = {}): Promise<CallerMatch | null> {
  return (await findComplete(ctx, number, options)) ?? find(await searchFor(ctx, number, () => undefined), options);
}

/**
 * The first step for a number that is reported in full, as nearly all are: numbers are kept in this very form, so that
 * nothing needs to be read to look it up. Undefined where it takes more than that.
 */
async function findComplete(ctx: Context, number: string, options: CallerOptions): Promise<CallerMatch | null | undefined> {
  if (!/^\+[1-9]\d{6,14}$/u.test(number)) return undefined;
  const rows = await ctx.hot.all(ownersByKey, { key: exactKey(number.slice(1)) });
  if (rows.length === 0) return undefined;
  const read = {
    raw: number,
    kind: 'e164',
    e164: number,
    callingCode: null,
    extension: null,
    digits: null,
    switchboardBase: null,
    suggestion: null,
    problem: null,
  } as const;
  const caller = await identify({ ctx, read, number, country: '', tell: () => undefined }, { kind: 'exact', rows }, options.agentId);
  if (caller === null) return null;
  return caller.display === '' ? undefined : { match: 'exact', ...caller, ...(await belongings(ctx, caller, options)) };
}

/** What is shown of a caller whom somebody named by hand. */
export async function describeCaller(ctx: Context, named: Pick<Caller, 'display' | 'contact' | 'company'>): Promise<CallerMatch> {
  const caller = { ...named, candidates: [] };
  return { match: 'exact', ...caller, ...(await belongings(ctx, caller, {})) };
}

/** The same answer with the steps that led to it, in words. */
export async function explainCaller(ctx: Context, number: string, options: CallerOptions = {}): Promise<CallerExplanation> {
  const steps: CallerExplanation['steps'] = [];
  const search = await searchFor(ctx, number, (step, outcome) => steps.push({ step, outcome: outcome() }));
  const result = await find(search, options);
  return { input: number, e164: search.read.e164, isWithheld: search.read.kind === 'withheld', steps, result };
}

/**
 * The complete numbers a calling number stands for, by the same steps, and how sure that is; null when nobody's. For
 * answers that come from what phones were given beforehand.
 */
export async function findNumber(ctx: Context, number: string): Promise<{ readonly match: MatchKind; readonly e164s: readonly string[] } | null> {
  const found = await searchNumber(await searchFor(ctx, number, () => undefined));
  if (found === undefined) return null;
  return { match: found.kind, e164s: [...new Set(found.rows.flatMap((row) => (row.e164 === null ? [] : [row.e164])))] };
}

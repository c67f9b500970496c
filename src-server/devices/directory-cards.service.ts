import type { DirectoryLabel } from '../caller-id/directory-labels.service.ts';
import type { Context } from '../kernel/context.ts';
import { escapeXml } from '../kernel/xml.ts';
import { listCards, listCompaniesOnCards, numbersOnCards, listPeopleOnCards, putCards, type CardRow } from './directory-cards.queries.ts';
import { updateDirectory, type DirectoryRow } from './directory.queries.ts';
import { showsCompanies } from './scope.service.ts';
import { paddedToPowerOfTwo } from './statement-sizes.ts';
import { cardEtag, companyCard, personCard, type CardNumber } from './vcard.ts';

// Cards group the numbers of a directory by whom they belong to. A number that is rendered touches the card it was on
// and the card it is on now; a card is written again only when its text differs.

/** What decides which card a number is on. */
export interface Grouped {
  readonly kind: string;
  readonly contactId: string;
}

/** The card of a number; undefined while its kind is not known. */
export function cardOf(digits: number, { kind, contactId }: Grouped): string | undefined {
  if (kind === 'person') return `c${contactId}`;
  if (kind === 'company') return `o${contactId}`;
  return kind === 'shared' ? `n${digits}` : undefined;
}

type NumberRow = Awaited<ReturnType<ReturnType<typeof numbersOnCards>['execute']>>[number];

const placeOfField: Readonly<Record<string, number>> = { mobile: 0, phone: 1, other: 2 };

/** Each number once, mobiles first. */
function numbersOf(rows: readonly NumberRow[]): CardNumber[] {
  const sorted = rows.toSorted((left, right) => (placeOfField[left.field] ?? 3) - (placeOfField[right.field] ?? 3));
  const byNumber = new Map<string, CardNumber>();
  for (const { e164, field, is_primary } of sorted) {
    if (e164 !== null && !byNumber.has(e164)) byNumber.set(e164, { e164, field, isPrimary: is_primary === 1 });
  }
  return [...byNumber.values()];
}

function idsOf(cards: readonly string[], letter: string): string[] {
  return cards.filter((card) => card.startsWith(letter)).map((card) => card.slice(1));
}

async function numbersByOwner(ctx: Context, directoryId: number, owners: Parameters<typeof numbersOnCards>[2]) {
  if (owners.ids.length === 0) return new Map<string, NumberRow[]>();
  return Map.groupBy(await numbersOnCards(ctx.db, directoryId, { ...owners, ids: paddedToPowerOfTwo(owners.ids) }).execute(), (row) => row.owner_id);
}

/** The text of each card; cards that hold no number are left out. */
async function textsOf(
  ctx: Context,
  directory: DirectoryRow,
  { cards, labels }: { readonly cards: readonly string[]; readonly labels: ReadonlyMap<number, DirectoryLabel> },
): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  const hasCompanies = showsCompanies(directory.scope);
  const peopleIds = idsOf(cards, 'c');
  const companyIds = idsOf(cards, 'o');
  const ofPeople = await numbersByOwner(ctx, directory.id, { kind: 'person', ids: peopleIds });
  const ofCompanies = await numbersByOwner(ctx, directory.id, { kind: 'company', ids: companyIds });
  for (const person of peopleIds.length === 0 ? [] : await listPeopleOnCards(ctx.db, paddedToPowerOfTwo(peopleIds))) {
    const numbers = numbersOf(ofPeople.get(person.id) ?? []);
    const owner = { firstName: person.first_name, lastName: person.last_name, company: hasCompanies ? person.company : null };
    if (numbers.length > 0) texts.set(`c${person.id}`, personCard(`c${person.id}`, owner, numbers));
  }
  for (const company of companyIds.length === 0 ? [] : await listCompaniesOnCards(ctx.db, paddedToPowerOfTwo(companyIds))) {
    const numbers = numbersOf(ofCompanies.get(company.id) ?? []);
    if (numbers.length > 0) texts.set(`o${company.id}`, companyCard(`o${company.id}`, company.name, numbers));
  }
  for (const digits of idsOf(cards, 'n').map(Number)) {
    const label = labels.get(digits);
    const number = { e164: `+${digits}`, field: 'phone', isPrimary: false };
    if (label?.kind === 'shared') texts.set(`n${digits}`, companyCard(`n${digits}`, label.cardName, [number]));
  }
  return texts;
}

function isShown(card: CardRow | undefined): boolean {
  return card !== undefined && card.is_removed === 0;
}

/** Renders the cards again and writes those that differ, as one batch. `openBatch` is called only when there are any. */
export async function renderCards(
  ctx: Context,
  directory: DirectoryRow,
  touched: { readonly cards: ReadonlySet<string>; readonly labels: ReadonlyMap<number, DirectoryLabel>; readonly openBatch: () => Promise<number> },
): Promise<void> {
  const cards = [...touched.cards];
  if (cards.length === 0) return;
  const texts = await textsOf(ctx, directory, { cards, labels: touched.labels });
  const present = new Map((await listCards(ctx.db, directory.id, paddedToPowerOfTwo(cards))).map((row) => [row.card, row]));
  const changed = cards.flatMap((card): Pick<CardRow, 'card' | 'etag' | 'vcard' | 'is_removed'>[] => {
    const before = present.get(card);
    const text = texts.get(card);
    if (text === undefined) return isShown(before) ? [{ card, etag: '', vcard: '', is_removed: 1 }] : [];
    const vcard = escapeXml(text);
    return isShown(before) && before?.vcard === vcard ? [] : [{ card, etag: cardEtag(text), vcard, is_removed: 0 }];
  });
  if (changed.length === 0) return;

  const seq = await touched.openBatch();
  await putCards(
    ctx.db,
    changed.map((card) => ({ directory_id: directory.id, seq, ...card })),
  );
  const difference = changed.reduce((sum, { card, is_removed }) => sum + (is_removed === 1 ? 0 : 1) - (isShown(present.get(card)) ? 1 : 0), 0);
  await updateDirectory(ctx.db, directory.id, { card_count: directory.card_count + difference, cards_seq: seq });
}

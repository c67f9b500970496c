import { z } from 'zod';

/** An opaque identifier. */
export const Id = z.string().min(1).max(64);

/** An instant: ISO 8601 in UTC with `Z`. */
export const IsoTime = z.iso.datetime();

/** A telephone number as ITU-T E.164: `+` and at most 15 digits. */
export const E164 = z.string().regex(/^\+[1-9]\d{1,14}$/u, 'Write the number as +48600100200.');

/** A character that can be seen: a text without one is empty, whatever else is in it. */
export const visible = /[^\s\p{Cc}\p{Cf}]/u;

const regionNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
// Regions that have a name, but are no place to telephone to.
const noCountries: readonly string[] = ['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ'];

function isCountry(code: string): boolean {
  return /^[A-Z]{2}$/u.test(code) && !noCountries.includes(code) && regionNames.of(code) !== undefined;
}

/** A country that exists: ISO 3166-1 alpha-2, upper case. An unknown one would leave every national number unread. */
export const CountryCode = z
  .string()
  .regex(/^[A-Z]{2}$/u, 'Choose a country from the list.')
  .refine(isCountry, 'Choose a country from the list.');

/** A language of the portal: BCP 47. One file in resources/locales each. */
export const Language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/u, 'Write a language such as en or pt-BR.');

/** Money: a decimal amount as text, so that no cent is lost, and an ISO 4217 currency. */
export const Money = z.object({
  amount: z.string().regex(/^-?\d{1,15}(\.\d{1,4})?$/u, 'Write an amount such as 1200.00, with a dot.'),
  currency: z.string().regex(/^[A-Z]{3}$/u, 'Write a currency of three letters, such as EUR.'),
});
export type Money = z.infer<typeof Money>;

/** An e-mail address. */
export const EmailAddress = z.email('Write an e-mail address such as anna@example.com.').max(254);

/** Which page of a list: what the answer's `nextCursor` said, and how many rows at most. */
export const PageQuery = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type PageQuery = z.infer<typeof PageQuery>;

/** A page of `item`. `nextCursor` is null on the last page. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** The parameters of a route that names one record. */
export const ById = z.object({ id: Id });
export type ById = z.infer<typeof ById>;

/** An error: RFC 9457 `application/problem+json`, with the fields at fault for bad input. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  instance: z.string(),
  code: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof Problem>;

import { z } from 'zod';

/** Headers of a call that may be sent again: the same key is the same request (draft-ietf-httpapi-idempotency-key-header). */
export const OnceHeaders = z.looseObject({
  'idempotency-key': z
    .string()
    .max(200)
    .optional()
    .describe('A key of your own for this very request. Sent again with the same body, it gets the first answer.'),
});

/** The key, without the quotes the draft wants around it; undefined when there is none. */
export function onceKey(headers: z.infer<typeof OnceHeaders>): string | undefined {
  const key = headers['idempotency-key']?.trim().replace(/^"(.*)"$/u, '$1');
  return key === '' ? undefined : key;
}

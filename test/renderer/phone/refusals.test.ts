import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { refusalInWords, Refused } from '#renderer/phone/device/problem.ts';
import { german } from '#renderer/phone/words/de.ts';
import { english } from '#renderer/phone/words/en.ts';
import { polish } from '#renderer/phone/words/pl.ts';
import { codesRaisedFrom, importedNamesIn } from '#test/support/raised-codes.ts';

/** Everything that answers a phone: what is registered for phones, and for whoever pairs one. */
const routes = [
  ...importedNamesIn('server.ts', /inScope\(app, \{ scope: 'device', prefix: '\/api\/device\/v1'[^]*?\n {2}\}\);/gu),
  ...importedNamesIn('server.ts', /\bpairingRoutes\b(?=.*await routes\(open\))/gu),
];
const raised = codesRaisedFrom([...routes, ['http/errors.ts', 'handleErrors']]);

/** What the one error handler answers by itself, whatever was asked. */
const handler = readFileSync('src-server/http/errors.ts', 'utf8');
const byHandler = [...handler.matchAll(/\bcode(?:: | = ).*?'([a-z-]+)'(?:.*?'([a-z-]+)')?|\b(FST_ERR_\w+)/gu)].flatMap((match) =>
  match.slice(1).filter((code) => code !== undefined),
);
const codes = [...new Set([...raised, ...byHandler.map((code) => code.toLowerCase())])].sort();

const languages = { english, german, polish };

describe('C23 what the desk refuses', () => {
  test('is read from the desk’s own errors: of the routes, of its disk, of the transport', () => {
    expect(routes.map(([, name]) => name)).toEqual(expect.arrayContaining(['deviceSelfRoutes', 'deviceCallRoutes', 'pairingRoutes']));
    expect(codes).toEqual(
      expect.arrayContaining([
        'not-paired',
        'cursor-gone',
        'idempotency-key-used-twice',
        'pairing-gone',
        'disk-full',
        'internal',
        'fst_err_ctp_body_too_large',
      ]),
    );
    // Of the console, of customers: no phone can get these.
    expect(codes).not.toContain('list-in-use');
    expect(codes).not.toContain('wrong-current-password');
  });

  test.each(codes)('has words in every language: %s', (code) => {
    const said = Object.values(languages).map(({ refusals }) => refusalInWords({ code, instance: 'req-1' }, refusals));

    expect(said).not.toContain(undefined);
    expect(new Set(said).size).toBe(3);
  });

  test('is said by its field where that says more, with the number of the request where that helps, and else as the desk says it', () => {
    const gone = { code: 'invalid-input', errors: [{ path: 'contactId', message: 'x' }] };

    expect(refusalInWords(gone, german.refusals)).toBe('Diesen Kontakt gibt es nicht mehr. Wählen Sie einen anderen.');
    expect(refusalInWords({ code: 'internal', instance: 'req-7' }, polish.refusals)).toMatch(/administratorowi: req-7$/u);
    expect(new Refused(409, { code: 'of-a-newer-desk', detail: 'The desk’s own words.' }).message).toBe('The desk’s own words.');
  });
});

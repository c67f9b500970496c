import { describe, expect, test } from 'vitest';
import { readPortalAssets } from '#server/portal/portal-assets.ts';
import { companySettings } from '#server/setup/company-settings.ts';
import { changeSettings } from '#server/settings/settings.service.ts';
import { givenMember } from '#test/support/member-builders.ts';
import { givenOpenPortal, portalVisitor } from '#test/support/portal-visitor.ts';
import { scriptPayloads } from '#test/support/script-payloads.ts';
import { testServer } from '#test/support/test-server.ts';

/**
 * Names whatever in a page could run and is not ours. Inert means that the page holds no element, attribute or address
 * but those the views write: text stays text.
 */
function liveThings(html: string): string[] {
  const found: string[] = [];
  for (const [tag, name = '', attributes = ''] of html.matchAll(/<([a-z][^\s>/]*)((?:"[^"]*"|'[^']*'|[^"'>])*)>/giu)) {
    const isOurScript = /^ type="module" src="\/support\/assets\/portal-[\w-]+\.js"$/u.test(attributes.replace(/\/$/u, '').trimEnd());
    const isOurStyle = name === 'style' && attributes.startsWith(' nonce="');
    if (/^(?:script|iframe|object|embed|base|math|foreignobject|marquee|video|audio|frame|template|noscript|xmp|plaintext)$/iu.test(name) && !isOurScript)
      found.push(tag);
    if (name === 'style' && !isOurStyle) found.push(tag);
    const bare = attributes.replace(/="[^"]*"/gu, '=""');
    if (/\son\w+\s*=/iu.test(bare)) found.push(tag);
    if (/\sstyle=/iu.test(bare)) found.push(tag);
    for (const [, address = ''] of attributes.matchAll(/\s(?:href|src|action|formaction|data)="([^"]*)"/gu)) {
      if (!/^(?:\/support\/|#|data:image\/svg\+xml,%3Csvg|https?:\/\/)/u.test(address)) found.push(`${name} → ${address}`);
    }
  }
  return found;
}

const subjectOf = (payload: string) => payload.replace(/\s+/gu, ' ').slice(0, 200);

describe('what people write stays text', () => {
  test('the pack holds at least sixty payloads', () => {
    expect(new Set(scriptPayloads).size).toBeGreaterThanOrEqual(60);
  });

  test('in subjects, messages and file names', async () => {
    const server = await testServer();
    await givenOpenPortal(server);
    const member = await givenMember(server.ctx);
    const visitor = portalVisitor(server);
    await visitor.signIn(member.email);
    await visitor.get('/tickets/new');

    for (const payload of scriptPayloads) {
      const sent = await visitor.send('/tickets/new', {
        fields: { subject: subjectOf(payload), text: payload },
        files: [{ name: `${payload.replaceAll(/[\r\n]/gu, ' ').slice(0, 100)}.png`, body: 'not a picture' }],
      });
      expect(sent.statusCode, payload).toBe(303);
      const page = await visitor.get(String(sent.headers.location).replace('/support', ''));
      expect(liveThings(page.body), payload).toEqual([]);
    }
    for (const path of ['/tickets', '/tickets?sort=subject', '/tickets?sort=number']) expect(liveThings((await visitor.get(path)).body)).toEqual([]);
  });

  test('in forms that come back, searches and addresses', async () => {
    const server = await testServer();
    await givenOpenPortal(server);
    const member = await givenMember(server.ctx);
    const visitor = portalVisitor(server);
    await visitor.get('/sign-in');
    for (const payload of scriptPayloads) {
      expect(liveThings((await visitor.post('/sign-in', { email: payload, password: 'x', next: payload })).body), payload).toEqual([]);
      expect(liveThings((await visitor.post('/forgotten', { email: payload })).body), payload).toEqual([]);
      expect(liveThings((await visitor.get(`/sign-in?why=${encodeURIComponent(payload)}&next=${encodeURIComponent(payload)}`)).body), payload).toEqual([]);
    }
    await visitor.signIn(member.email);
    for (const payload of scriptPayloads) {
      await visitor.get('/tickets/new');
      expect(liveThings((await visitor.send('/tickets/new', { fields: { subject: payload, text: '' } })).body), payload).toEqual([]);
      expect(liveThings((await visitor.get(`/tickets?search=${encodeURIComponent(payload)}`)).body), payload).toEqual([]);
      expect(liveThings((await visitor.get(`/${encodeURIComponent(payload)}`)).body), payload).toEqual([]);
    }
  });

  test('in names, the company’s name and the portal’s title', async () => {
    const server = await testServer();
    await givenOpenPortal(server);
    const member = await givenMember(server.ctx);
    const visitor = portalVisitor(server);
    await visitor.signIn(member.email);
    await visitor.get('/tickets/new');
    const sent = await visitor.send('/tickets/new', { fields: { subject: 'Plain', text: 'Plain' } });
    const ticket = String(sent.headers.location).replace('/support', '');

    for (const payload of scriptPayloads) {
      await server.ctx.db.updateTable('contacts').set({ first_name: payload, last_name: payload }).where('id', '=', member.contactId).execute();
      await server.ctx.db.updateTable('messages').set({ author_name: payload }).execute();
      await givenOpenPortal(server, { title: payload.slice(0, 80) });
      await changeSettings(server.ctx, companySettings, { name: payload.slice(0, 120) });
      for (const path of ['/tickets', ticket, '/account']) expect(liveThings((await visitor.get(path)).body), `${path} ${payload}`).toEqual([]);
    }
  });

  test('the check itself sees what runs', () => {
    const alive = [
      '<script>alert(1)</script>',
      '<img src="/support/x" onerror="alert(1)">',
      '<a href="javascript:alert(1)">x</a>',
      '<p style="x">',
      '<svg onload=alert(1)>',
      '<style>*{}</style>',
    ];

    for (const html of alive) expect(liveThings(html), html).not.toEqual([]);
    expect(liveThings('<p title="<script>alert(1)</script>" dir="auto">&lt;script></p>')).toEqual([]);
  });
});

describe('the headers of every answer', () => {
  test('keep foreign scripts, frames, guesses of type and shared caches out', async () => {
    const server = await testServer();
    await givenOpenPortal(server);
    const member = await givenMember(server.ctx);
    const visitor = portalVisitor(server);
    const asVisitor = ['/', '/sign-in', '/forgotten', '/invitation/x', '/reset/x', '/nonsense', '/tickets', '/session', '/assets/x'];
    const answers = [];
    for (const path of asVisitor) answers.push(await visitor.get(path));
    await visitor.signIn(member.email);
    for (const path of ['/tickets', '/tickets/new', '/tickets/1', '/account', '/files/x']) answers.push(await visitor.get(path));
    answers.push(
      await visitor.post('/sign-out', {}, { token: null }),
      await visitor.post('/sign-out'),
      await visitor.get('//elsewhere/'),
      await visitor.get('//'),
    );

    for (const answer of answers) {
      const policy = String(answer.headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("base-uri 'none'");
      expect(policy).not.toContain('unsafe');
      expect(answer.headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
      });
      expect(['same-origin', 'no-referrer']).toContain(answer.headers['referrer-policy']);
      expect(answer.body).not.toMatch(/at \w+ \(|node_modules|\/src-server\/|SQLITE|select .* from/iu);
    }
  });

  test('let each page’s own style run by a nonce that is never the same', async () => {
    const server = await testServer();
    await givenOpenPortal(server);
    const visitor = portalVisitor(server);

    const [first, second] = [await visitor.get('/sign-in'), await visitor.get('/sign-in')];
    const nonceOf = (html: string) => /<style nonce="([\w-]+)"/u.exec(html)?.[1] ?? '';

    expect(first.headers['content-security-policy']).toContain(`'nonce-${nonceOf(first.body)}'`);
    expect(nonceOf(first.body)).not.toBe(nonceOf(second.body));
  });
});

describe('a fault of ours', () => {
  test('says a number to pass on and nothing else', async () => {
    const server = await testServer();
    await givenOpenPortal(server);
    const member = await givenMember(server.ctx);
    const visitor = portalVisitor(server);
    await visitor.signIn(member.email);
    await server.ctx.db.schema.dropTable('drafts').execute();

    const answer = await visitor.get('/tickets/new');

    expect(answer.statusCode).toBe(500);
    expect(answer.body).toContain('Something went wrong here');
    expect(answer.body).toMatch(/<code>[0-9a-f-]{36}<\/code>/u);
    expect(answer.body).not.toMatch(/no such table|drafts|SqliteError|\.ts/u);
  });
});

describe('what a page loads', () => {
  test('is named by its content, kept for ever, packed, and small', async () => {
    const server = await testServer();
    await givenOpenPortal(server);
    const visitor = portalVisitor(server);
    const page = await visitor.get('/sign-in');
    const addresses = [...page.body.matchAll(/"\/support(\/assets\/[^"]+)"/gu)].map((match) => match[1] ?? '');

    const assets = await Promise.all(addresses.map((address) => visitor.get(address, { 'accept-encoding': 'gzip, br' })));

    expect(addresses.length).toBeLessThanOrEqual(3);
    for (const asset of assets) expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const bytes = assets.reduce((sum, asset) => sum + asset.rawPayload.length, page.rawPayload.length);
    expect(bytes).toBeLessThan(45_000);
    const style = assets.find((asset) => String(asset.headers['content-type']).startsWith('text/css'));
    expect(style?.headers['content-encoding']).toBe('br');
    expect(readPortalAssets().style.body.length).toBeLessThan(20_000);
  });

  test('a list of twenty-five tickets fits the budget of a cold page too', async () => {
    const server = await testServer();
    await givenOpenPortal(server);
    const member = await givenMember(server.ctx);
    const visitor = portalVisitor(server);
    await visitor.signIn(member.email);
    await visitor.get('/tickets/new');
    for (let index = 0; index < 26; index += 1)
      await visitor.send('/tickets/new', { fields: { subject: `Label printer ${index} prints blank labels since Monday`, text: 'x' } });

    const page = await visitor.get('/tickets');
    const { style, font } = readPortalAssets();

    expect(page.rawPayload.length + (style.packed?.br.length ?? 0) + font.body.length + 2500).toBeLessThan(45_000);
  });
});

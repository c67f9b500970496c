import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { consolePageRoutes } from '#server/console/console.routes.ts';
import { createApp } from '#server/http/app.ts';
import { inScope } from '#server/http/scopes.ts';
import { temporaryFolder, testContext } from '../../support/test-context.ts';

const script = 'console.log("a page");'.repeat(100);

async function givenPages() {
  const pages = temporaryFolder();
  mkdirSync(path.join(pages, 'console'));
  mkdirSync(path.join(pages, 'assets'));
  writeFileSync(path.join(pages, 'console', 'index.html'), '<script type="module" src="../assets/console-Bx3k9aQz.js"></script>');
  writeFileSync(path.join(pages, 'assets', 'console-Bx3k9aQz.js'), script);
  writeFileSync(path.join(pages, 'assets', 'console-Bx3k9aQz.js.br'), brotliCompressSync(script));
  writeFileSync(path.join(pages, 'assets', 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(path.join(pages, 'secret.txt'), 'not for you');
  const app = createApp({ ctx: await testContext(), logger: pino({ level: 'silent' }) });
  inScope(app, { scope: 'public' }, consolePageRoutes(pages));
  onTestFinished(() => app.close());
  await app.ready();
  return app;
}

describe('the console’s page in the browser', () => {
  test('finds its files from the root, under a policy that lets nothing in from elsewhere', async () => {
    const app = await givenPages();

    const page = await app.inject({ url: '/' });

    const policy = String(page.headers['content-security-policy']);
    expect(page.body).toContain('src="/assets/console-Bx3k9aQz.js"');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(policy).not.toMatch(/https?:|\*/u);
    expect(page.headers['cache-control']).toBe('no-store');
  });

  test('a file with its hash in the name is kept for good, and sent as the build compressed it', async () => {
    const app = await givenPages();

    const answer = await app.inject({ url: '/assets/console-Bx3k9aQz.js', headers: { 'accept-encoding': 'gzip, br' } });

    expect(answer.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'br',
      'content-type': expect.stringContaining('javascript'),
      'x-content-type-options': 'nosniff',
    });
    expect(brotliDecompressSync(answer.rawPayload).toString()).toBe(script);
  });

  test('a file without one is asked after each time, which costs no more than a 304', async () => {
    const app = await givenPages();
    const first = await app.inject({ url: '/assets/icon.svg' });

    const again = await app.inject({ url: '/assets/icon.svg', headers: { 'if-none-match': String(first.headers.etag) } });

    expect(first.headers['cache-control']).toBe('no-cache');
    expect(again.statusCode).toBe(304);
  });

  test.each([
    '/assets/../secret.txt',
    '/assets/%2e%2e/secret.txt',
    '/assets/..%2fsecret.txt',
    '/assets/..\\secret.txt',
    '/assets//etc/passwd',
    '/assets/%00',
    '/assets/.',
    '/secret.txt',
  ])('nothing outside of them is reached by %s', async (url) => {
    const app = await givenPages();

    const answer = await app.inject({ url });

    expect([400, 403, 404]).toContain(answer.statusCode);
    expect(answer.body).not.toContain('not for you');
  });

  test('before anything is built it says so', async () => {
    const app = createApp({ ctx: await testContext(), logger: pino({ level: 'silent' }) });
    inScope(app, { scope: 'public' }, consolePageRoutes(temporaryFolder()));
    onTestFinished(() => app.close());

    expect((await app.inject({ url: '/' })).json()).toMatchObject({ status: 503, code: 'pages-not-built' });
  });
});

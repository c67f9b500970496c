import { describe, expect, test } from 'vitest';
import { PortalSettings } from '#server/portal/portal.contract.ts';
import { testServer } from '#test/support/test-server.ts';

const { formerSlugs: _kept, ...settings } = PortalSettings.parse({ title: 'Help & <b>more</b>', accent: '#7A1FA2' });

describe('the preview of the portal', () => {
  test('a page is drawn with settings that are stored nowhere', async () => {
    const server = await testServer();

    const answer = await server.asConsole('POST', '/portal/preview', { settings, language: 'pl', page: 'tickets', companyName: 'Hartmann Optik' });

    expect(answer.statusCode).toBe(200);
    const { html } = answer.json<{ html: string }>();
    expect(html).toContain('Moje zgłoszenia');
    expect(html).toContain('Hartmann Optik');
    expect((await server.asConsole('GET', '/portal')).json()).toMatchObject({ title: 'Support' });
  });

  test('what the manager types cannot become markup, and no script is in the page', async () => {
    const server = await testServer();

    const answer = await server.asConsole('POST', '/portal/preview', { settings, language: 'en', page: 'sign-in' });

    const { html, css } = answer.json<{ html: string; css: string }>();
    expect(html).toContain('Help &amp; &lt;b>more');
    expect(html).not.toContain('<script');
    expect(css).not.toContain('@font-face');
  });

  test('settings that could not be saved are refused with the field at fault', async () => {
    const server = await testServer();

    const answer = await server.asConsole('POST', '/portal/preview', { settings: { ...settings, accent: 'red}' }, language: 'en', page: 'sign-in' });

    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ errors: [{ path: 'settings.accent' }] });
  });
});

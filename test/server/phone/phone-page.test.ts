import { expect, test } from 'vitest';
import { changeSettings } from '#server/settings/settings.service.ts';
import { companySettings } from '#server/setup/company-settings.ts';
import { testServer } from '#test/support/test-server.ts';

test('C23 the phone page introduces itself in the language of whoever installs it, under the name of the desk', async () => {
  const server = await testServer();
  await changeSettings(server.ctx, companySettings, { name: 'Hart\u202Emann' });
  const inLanguage = async (wanted: string) => {
    const answer = await server.onLan({ method: 'GET', url: '/phone/manifest.webmanifest', headers: { 'accept-language': wanted } });
    expect(answer.headers).toMatchObject({
      'content-type': expect.stringContaining('application/manifest+json'),
      vary: expect.stringContaining('accept-language'),
    });
    return answer.json();
  };

  expect(await inLanguage('de-AT,de;q=0.9,en;q=0.8')).toMatchObject({ lang: 'de', description: 'Wer anruft, was offen ist, was zu erledigen ist.' });
  expect(await inLanguage('fr, pl;q=0.5')).toMatchObject({ lang: 'pl', description: expect.stringContaining('Kto dzwoni') });
  expect(await inLanguage('fr')).toMatchObject({ lang: 'en', name: 'Hartmann – Doorline', short_name: 'Hartmann' });
});

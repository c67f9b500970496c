import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { fakeServer, givenKey, refusal } from '#test/support/fake-server.ts';

const Thing = z.object({ name: z.string() });

/** Fresh modules, as after opening the page. */
async function openPage() {
  vi.resetModules();
  const [client, problem, session] = await Promise.all([
    import('#renderer/api/client.ts'),
    import('#renderer/api/problem.ts'),
    import('#renderer/api/session.ts'),
  ]);
  return { ...client, ...problem, ...session };
}

beforeEach(() => {
  location.hash = '';
  vi.useRealTimers();
});

describe('a request of the console', () => {
  test('carries the key and leaves out what was not asked for', async () => {
    givenKey();
    const requests = fakeServer(() => ({ name: 'Anna' }));
    const { get } = await openPage();

    await get('/things', Thing, { query: { search: 'an', listId: undefined, cursor: '' } });

    expect(requests[0]?.headers.get('authorization')).toBe('Bearer key-1');
    expect(requests[0]?.query).toEqual({ search: 'an' });
    expect(requests[0]?.path).toBe('/admin/v1/things');
  });

  test('that is refused says why, with the message of each field', async () => {
    givenKey();
    fakeServer(() => refusal(400, 'name: Write a name.', [{ path: 'name', message: 'Write a name.' }]));
    const { call, ApiProblem } = await openPage();

    const attempt = call({ method: 'POST', path: '/things', body: {}, answer: Thing });

    await expect(attempt).rejects.toBeInstanceOf(ApiProblem);
    await expect(attempt).rejects.toMatchObject({ status: 400, message: 'name: Write a name.', fields: { name: 'Write a name.' } });
  });

  test('whose answer breaks the contract is not taken for good', async () => {
    givenKey();
    fakeServer(() => ({ nickname: 'Anna' }));
    const { get } = await openPage();

    await expect(get('/things', Thing)).rejects.toMatchObject({ code: 'misunderstood' });
  });

  test('that reads is tried again when nobody answers', async () => {
    givenKey();
    const requests = fakeServer(({ method }) => (method === 'GET' && requests.length < 3 ? new TypeError('refused') : { name: 'Anna' }));
    const { get } = await openPage();

    await expect(get('/things', Thing)).resolves.toEqual({ name: 'Anna' });
    expect(requests).toHaveLength(3);
  });

  test('that writes is not tried again, because it may have been done', async () => {
    givenKey();
    const requests = fakeServer(() => new TypeError('refused'));
    const { call } = await openPage();

    await expect(call({ method: 'POST', path: '/things', body: {}, answer: Thing })).rejects.toMatchObject({ code: 'unreachable' });
    expect(requests).toHaveLength(1);
  });

  test('that was given up is not tried again', async () => {
    givenKey();
    const giveUp = new AbortController();
    const requests = fakeServer(() => {
      giveUp.abort();
      return new DOMException('given up', 'AbortError');
    });
    const { get } = await openPage();

    await expect(get('/things', Thing, { signal: giveUp.signal })).rejects.toThrow('given up');
    expect(requests).toHaveLength(1);
  });
});

describe('the key of a page', () => {
  test('comes from the one-time link, whose code leaves the address at once', async () => {
    location.hash = '#code=once-only';
    const requests = fakeServer(({ path }) => (path.endsWith('/session') ? { token: 'fresh' } : { name: 'Anna' }));
    const { get } = await openPage();

    await get('/things', Thing);
    await get('/things', Thing);

    expect(requests.map(({ path }) => path)).toEqual(['/admin/v1/session', '/admin/v1/things', '/admin/v1/things']);
    expect(requests[0]?.body).toEqual({ code: 'once-only' });
    expect(requests[1]?.headers.get('authorization')).toBe('Bearer fresh');
    expect(location.hash).toBe('#/');
  });

  test('is not there after a link that was used before, and the reason stays', async () => {
    location.hash = '#code=used';
    fakeServer(() => refusal(410, 'This link was used already.'));
    const { session } = await openPage();

    await expect(session()).rejects.toThrow('This link was used already.');
    await expect(session()).rejects.toThrow('This link was used already.');
  });

  test('that no longer fits is lost for the whole page', async () => {
    givenKey('of-an-earlier-start');
    fakeServer(() => refusal(401, 'Reopen the console.'));
    const { get, onSessionChange, session } = await openPage();
    const heard = vi.fn<(problem: Error | undefined) => void>();
    onSessionChange(heard);

    await expect(get('/things', Thing)).rejects.toThrow('Reopen the console.');

    expect(heard).toHaveBeenCalledOnce();
    await expect(session()).rejects.toThrow('Reopen the console.');
    expect(sessionStorage.length).toBe(0);
  });

  test('is renewed by a new link in the same tab, and the screen stays where it was', async () => {
    givenKey('of-an-earlier-start');
    fakeServer(({ path, headers }) => {
      if (path.endsWith('/session')) return { token: 'fresh' };
      return headers.get('authorization') === 'Bearer fresh' ? { name: 'Anna' } : refusal(401, 'Reopen the console.');
    });
    const { get, acceptNewLinks, onSessionChange } = await openPage();
    await expect(get('/things', Thing)).rejects.toThrow('Reopen the console.');
    const heard = vi.fn<(problem: Error | undefined) => void>();
    onSessionChange(heard);
    onTestFinished(acceptNewLinks(() => '/desk/12'));

    location.hash = '#code=a-new-one';
    globalThis.dispatchEvent(new PopStateEvent('popstate'));

    await vi.waitFor(() => expect(heard).toHaveBeenCalledWith(undefined));
    await expect(get('/things', Thing)).resolves.toEqual({ name: 'Anna' });
    expect(location.hash).toBe('#/desk/12');
  });

  test('is asked for again in the desktop after the server was restarted', async () => {
    const connections = [
      { url: 'http://127.0.0.1:1001/', token: 'old' },
      { url: 'http://127.0.0.1:1002/', token: 'new' },
    ];
    vi.stubGlobal('desktop', { request: () => Promise.resolve(connections.shift()), listen: () => () => undefined });
    const requests = fakeServer(({ headers }) => (headers.get('authorization') === 'Bearer new' ? { name: 'Anna' } : refusal(401, 'Reopen the console.')));
    const { call } = await openPage();

    await expect(call({ method: 'POST', path: '/things', body: {}, answer: Thing })).resolves.toEqual({ name: 'Anna' });
    expect(requests).toHaveLength(2);
  });
});

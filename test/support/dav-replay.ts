import type { DavBody, DavPhone } from './dav-builders.ts';
import type { TestServer } from './test-server.ts';

// What a client says and what it hears, as text that is the same at every run.

/** Puts names in place of what differs from run to run. */
function steady(names: Map<string, string>) {
  const nameOf = (kind: string, value: string) => {
    const known = names.get(value);
    if (known !== undefined) return known;
    const made = `${kind}-${[...names.values()].filter((name) => name.startsWith(`${kind}-`)).length + 1}`;
    names.set(value, made);
    return made;
  };
  return (text: string) =>
    text
      .replace(/[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[\da-f]{4}-[\da-f]{12}/gu, (id) => nameOf('id', id))
      .replace(/"[\w-]{22}"/gu, (etag) => `"${nameOf('etag', etag)}"`)
      .replace(/urn:doorline:sync:[\w:-]+/gu, (token) => nameOf('token', token));
}

const shownHeaders = ['location', 'www-authenticate', 'dav', 'allow', 'etag', 'content-type', 'retry-after'];

/** A client that is replayed: it writes down each exchange. */
export function replayedClient(server: TestServer, phone: DavPhone, always: Readonly<Record<string, string>>) {
  const lines: string[] = [];
  const write = steady(new Map([[phone.id, 'PHONE']]));
  return {
    /** Sends a request as the client does; without `authorization` when the connection is new. */
    async sends(method: string, path: string, { body, headers = {}, isAnonymous = false }: DavBody & { readonly isAnonymous?: boolean } = {}) {
      const answer = await server.onLan({
        method,
        url: path,
        remoteAddress: '127.0.0.1',
        headers: { ...always, ...(isAnonymous ? {} : { authorization: phone.authorization }), ...headers },
        ...(body === undefined ? {} : { payload: body }),
      });
      const shown = shownHeaders.flatMap((name) => (answer.headers[name] === undefined ? [] : [`${name}: ${String(answer.headers[name])}`]));
      lines.push(
        write(`> ${method} ${path}${headers['depth'] === undefined ? '' : ` (depth ${headers['depth']})`}${isAnonymous ? ' without credentials' : ''}`),
        ...(body === undefined
          ? []
          : write(body)
              .split('\n')
              .map((line) => `>   ${line}`)),
        `< ${answer.statusCode}`,
        ...shown.map((line) => write(`< ${line}`)),
        ...write(answer.body)
          .replaceAll('><', '>\n<')
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => `<   ${line}`),
        '',
      );
      return answer;
    },
    /** Something that happens on the desk between two requests. */
    meanwhile: (what: string) => lines.push(`# ${what}`, ''),
    transcript: () => lines.join('\n'),
  };
}

import { Agent, request } from 'node:https';

/** What came back. */
export interface LanAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  json(): unknown;
}

export interface LanRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Talks to a desk's LAN plane over TLS, connections kept open. The desk's own authority is not asked for: its certificates have tests of their own. */
export function lanClient(lanUrl: string, { connections = 8 }: { readonly connections?: number } = {}) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections, rejectUnauthorized: false });
  return {
    close: () => agent.destroy(),
    call: (path: string, { method = 'GET', headers = {}, body }: LanRequest = {}) =>
      new Promise<LanAnswer>((resolve, reject) => {
        const sent = request(new URL(path, lanUrl), { method, headers, agent }, (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('error', reject);
          answer.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text, json: () => JSON.parse(text) });
          });
        });
        sent.on('error', reject);
        sent.end(body);
      }),
  };
}

export type LanClient = ReturnType<typeof lanClient>;

const form = 'application/x-www-form-urlencoded';

/** Signs a portal member in and gives the cookie to send with each request. */
export async function signInOverLan(
  client: LanClient,
  { origin, email, password }: { readonly origin: string; readonly email: string; readonly password: string },
): Promise<string> {
  const page = await client.call('/support/sign-in');
  const before = cookiesOf(page);
  const token = /name="token" value="([\w-]+)"/u.exec(page.body)?.[1] ?? '';
  const answer = await client.call('/support/sign-in', {
    method: 'POST',
    headers: { 'content-type': form, origin, 'sec-fetch-site': 'same-origin', ...(before === '' ? {} : { cookie: before }) },
    body: new URLSearchParams({ token, email, password }).toString(),
  });
  if (answer.status !== 303) throw new Error(`${email} could not sign in (${answer.status}).`);
  return cookiesOf(answer);
}

function cookiesOf(answer: LanAnswer): string {
  return [answer.headers['set-cookie'] ?? []]
    .flat()
    .map((line) => line.split(';')[0] ?? '')
    .filter((pair) => !pair.endsWith('='))
    .join('; ');
}

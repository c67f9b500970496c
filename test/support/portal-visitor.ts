import type { LightMyRequestResponse } from 'fastify';
import { portalSettings } from '#server/portal/portal-settings.ts';
import type { PortalSettings } from '#server/portal/portal.contract.ts';
import { changeSettings } from '#server/settings/settings.service.ts';
import { goodPassword } from './member-builders.ts';
import type { TestServer } from './test-server.ts';

/** Opens the portal, as the manager would. */
export async function givenOpenPortal(server: TestServer, settings: Partial<PortalSettings> = {}): Promise<void> {
  await changeSettings(server.ctx, portalSettings, { isOn: true, ...settings });
}

export interface SentFile {
  readonly name: string;
  readonly body: string | Buffer;
}

type Fields = Readonly<Record<string, string>>;

export interface PostOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** The token of the page the form was on; taken from the last page unless said otherwise. */
  readonly token?: string | null;
}

const host = 'desk.example.lan';

/** The token in a page's forms. */
export function tokenIn(html: string): string | undefined {
  return /name="token" value="([\w-]+)"/u.exec(html)?.[1];
}

/** A multipart body as browsers make it; files last, as on our pages. */
export function multipartOf(fields: readonly (readonly [string, string])[], files: readonly SentFile[]): { readonly body: Buffer; readonly type: string } {
  const boundary = '----doorlineTestBoundary7MA4YWxk';
  const parts: Buffer[] = fields.map(([name, value]) => Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`));
  for (const file of files) {
    const name = file.name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
    parts.push(
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="files"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`),
      Buffer.isBuffer(file.body) ? file.body : Buffer.from(file.body),
      Buffer.from('\r\n'),
    );
  }
  parts.push(Buffer.from(`--${boundary}--\r\n`));
  return { body: Buffer.concat(parts), type: `multipart/form-data; boundary=${boundary}` };
}

/** A browser without JavaScript: keeps cookies, remembers the last page's token, sends forms as browsers do. */
export function portalVisitor(server: TestServer, options: { readonly ip?: string; readonly language?: string; readonly slug?: string } = {}) {
  const cookies = new Map<string, string>();
  const base = `/${options.slug ?? 'support'}`;
  let lastToken: string | undefined;

  function remember(answer: LightMyRequestResponse): LightMyRequestResponse {
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      const [pair = '', ...attributes] = line.split(';');
      const [name = '', value = ''] = pair.split('=');
      if (attributes.some((attribute) => attribute.trim() === 'Max-Age=0')) cookies.delete(name);
      else cookies.set(name, value);
    }
    lastToken = tokenIn(answer.body) ?? lastToken;
    return answer;
  }

  function headers(more: Readonly<Record<string, string>> = {}): Record<string, string> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return { host, 'accept-language': options.language ?? 'en', accept: 'text/html', ...(cookie === '' ? {} : { cookie }), ...more };
  }

  const remoteAddress = options.ip ?? '10.0.0.7';
  const formHeaders = { origin: `https://${host}`, 'sec-fetch-site': 'same-origin' };

  const visitor = {
    cookies,
    base,
    get lastToken() {
      return lastToken;
    },
    async get(path: string, more: Readonly<Record<string, string>> = {}): Promise<LightMyRequestResponse> {
      return remember(
        await server.onLan({ method: 'GET', url: path.startsWith('//') ? path.slice(1) : `${base}${path}`, headers: headers(more), remoteAddress }),
      );
    },
    /** Sends a plain form. */
    async post(path: string, fields: Fields = {}, { headers: more = {}, token = lastToken ?? null }: PostOptions = {}): Promise<LightMyRequestResponse> {
      const body = new URLSearchParams(token === null ? fields : { token, ...fields }).toString();
      const type = { 'content-type': 'application/x-www-form-urlencoded' };
      return remember(
        await server.onLan({ method: 'POST', url: `${base}${path}`, headers: headers({ ...formHeaders, ...type, ...more }), payload: body, remoteAddress }),
      );
    },
    /** Sends a form with files. */
    async send(
      path: string,
      form: { readonly fields?: Fields; readonly keep?: readonly string[]; readonly files?: readonly SentFile[] },
      { headers: more = {}, token = lastToken ?? null }: PostOptions = {},
    ): Promise<LightMyRequestResponse> {
      const fields = [
        ...(token === null ? [] : [['token', token] as const]),
        ...Object.entries(form.fields ?? {}),
        ...(form.keep ?? []).map((id) => ['keep', id] as const),
      ];
      const { body, type } = multipartOf(fields, form.files ?? []);
      return remember(
        await server.onLan({
          method: 'POST',
          url: `${base}${path}`,
          headers: headers({ ...formHeaders, 'content-type': type, ...more }),
          payload: body,
          remoteAddress,
        }),
      );
    },
    /** Opens the sign-in page and signs in. */
    async signIn(email: string, password = goodPassword): Promise<LightMyRequestResponse> {
      await visitor.get('/sign-in');
      const answer = await visitor.post('/sign-in', { email, password });
      if (answer.statusCode === 303) await visitor.get('/account');
      return answer;
    },
  };
  return visitor;
}

export type PortalVisitor = ReturnType<typeof portalVisitor>;

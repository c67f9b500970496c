import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Lan } from './lan.ts';

export interface Answer {
  readonly status: number;
  readonly body: string;
  /** The body as JSON; `unknown`, so that each use says what it expects. */
  json(): unknown;
}

export interface Request {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly route: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface NativeApp {
  request(request: Request): Promise<Answer>;
}

const client = `
import https from 'node:https';
import { readFileSync } from 'node:fs';
const [origin, ca, request] = process.argv.slice(2);
const { method, route, body, headers } = JSON.parse(request);
const text = body === undefined ? undefined : JSON.stringify(body);
const call = https.request(new URL(route, origin), { method, ca: readFileSync(ca), headers: { ...(text === undefined ? {} : { 'content-type': 'application/json' }), ...headers } }, (answer) => {
  let received = '';
  answer.setEncoding('utf8').on('data', (piece) => (received += piece)).on('end', () => console.log(JSON.stringify({ status: answer.statusCode, body: received })));
});
call.on('error', (error) => { console.error(error.message); process.exit(1); });
call.end(text);
`;

/**
 * An app of somebody else's on the other host: plain HTTPS that trusts the desk's certificate authority and nothing
 * else, so a wrong certificate or name ends the call.
 */
export function openNativeApp(lan: Lan, desk: { readonly origin: string; readonly authorityPem: string; readonly folder: string }): NativeApp {
  const script = path.join(desk.folder, 'native-app.mjs');
  const authority = path.join(desk.folder, 'authority.pem');
  writeFileSync(script, client);
  writeFileSync(authority, desk.authorityPem);
  return {
    async request(request) {
      const { code, output } = await lan.run(process.execPath, [script, desk.origin, authority, JSON.stringify(request)]);
      if (code !== 0) throw new Error(output);
      const answer = JSON.parse(output) as { status: number; body: string };
      return { ...answer, json: (): unknown => JSON.parse(answer.body) };
    },
  };
}

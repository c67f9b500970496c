import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Lan } from './lan.ts';

export interface Answer {
  readonly status: number;
  readonly body: string;
  json<Body>(): Body;
}

export interface NativeApp {
  request(method: string, route: string, body?: object, headers?: Record<string, string>): Promise<Answer>;
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
    async request(method, route, body, headers = {}) {
      const { code, output } = await lan.run(process.execPath, [script, desk.origin, authority, JSON.stringify({ method, route, body, headers })]);
      if (code !== 0) throw new Error(output);
      const answer = JSON.parse(output) as { status: number; body: string };
      return { ...answer, json: <Body>() => JSON.parse(answer.body) as Body };
    },
  };
}

/** Runs a program and gives its output, whatever its exit code. */
export function output(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => execFile(program, [...args], (_error, stdout, stderr) => resolve(stdout + stderr)));
}

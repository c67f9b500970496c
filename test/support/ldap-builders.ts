import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { authorityCertificate } from '#server/certificates/certificates.service.ts';
import { projectDirectories } from '#server/devices/directory-projection.service.ts';
import type { LdapState } from '#server/ldap/ldap.contract.ts';
import { connectsPbx, type ConnectedPbx } from './pbx-builders.ts';
import { temporaryFolder } from './test-context.ts';
import type { TestServer } from './test-server.ts';

export interface LdapDesk {
  readonly tlsPort: number;
  readonly plainPort: number;
  readonly authorityFile: string;
}

/** Switches the directory on, as an admin does, on free ports of loopback. */
export async function opensDirectory(server: TestServer): Promise<LdapDesk> {
  await server.ldap.open('127.0.0.1');
  const answer = await server.asConsole('PUT', '/ldap', { isOn: true, tlsPort: 0, isPlainOn: true, plainPort: 0 });
  expect(answer.statusCode).toBe(200);
  const { listening, problem } = answer.json<LdapState>();
  expect(problem).toBeNull();
  const authorityFile = path.join(temporaryFolder(), 'authority.pem');
  writeFileSync(authorityFile, (await authorityCertificate(server.ctx)) ?? '');
  return { tlsPort: listening.tlsPort ?? 0, plainPort: listening.plainPort ?? 0, authorityFile };
}

export interface LdapAnswer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The values of one attribute over all entries. */
  values(attribute: string): string[];
}

/** Runs Debian's ldapsearch (OpenLDAP). */
export async function ldapsearch(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<LdapAnswer> {
  const child = spawn('ldapsearch', ['-x', '-LLL', '-o', 'ldif-wrap=no', '-o', 'nettimeout=10', ...args], {
    env: { ...process.env, LDAPCONF: '/dev/null', LDAPRC: '/dev/null', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  const values = (attribute: string) =>
    [...stdout.matchAll(new RegExp(`^${attribute}(::?) (.*)$`, 'gmu'))].map(([, colons, value = '']) =>
      colons === '::' ? Buffer.from(value, 'base64').toString('utf8') : value,
    );
  return { code, stdout, stderr, values };
}

export interface DirectoryClient extends ConnectedPbx {
  readonly dn: string;
  /** Searches below the suffix on the plain port, bound with the source's key. */
  search(filter: string, options?: readonly string[]): Promise<LdapAnswer>;
}

/** A telephone system that searches the directory. */
export async function connectsDirectoryClient(server: TestServer, desk: LdapDesk, input: Parameters<typeof connectsPbx>[1] = {}): Promise<DirectoryClient> {
  const pbx = await connectsPbx(server, { name: 'Reception', kind: 'ldap', ...input });
  // In the background elsewhere; here it is waited for.
  await projectDirectories(server.ctx, 60_000);
  const dn = `cn=${pbx.source.name},dc=doorline`;
  return {
    ...pbx,
    dn,
    search: (filter, options = []) =>
      ldapsearch(['-H', `ldap://127.0.0.1:${desk.plainPort}`, '-D', dn, '-w', pbx.key, '-b', 'dc=doorline', ...options, filter]),
  };
}

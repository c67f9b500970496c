import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { SetupText } from '#server/pbx/pbx.contract.ts';
import { kamailioAuthorityFile } from '#server/pbx/switch-texts.ts';

// A real SIP proxy (Kamailio) and real SIP telephones (sipp) on loopback.

async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}

function toolsAreThere(): void {
  for (const [tool, packages] of [
    ['kamailio', 'kamailio kamailio-utils-modules'],
    ['sipp', 'sip-tester'],
  ] as const) {
    const { error } = spawnSync(tool, ['-v'], { stdio: 'ignore', env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin` } });
    if (error !== undefined) throw new Error(`This test needs ${tool} (on Debian: apt-get install ${packages}).`);
  }
}

function start(command: string, args: readonly string[], cwd: string): ChildProcess {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin` } });
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'close');
  });
  return child;
}

/** The rest of a configuration, as any administrator has it: the desk's own texts are included as they were handed out. */
function mainConfig({ port, calleePort }: { readonly port: number; readonly calleePort: number }): string {
  return `#!KAMAILIO
debug=1
log_stderror=yes
children=2
dns=no
auto_aliases=no
disable_tcp=yes
listen=udp:127.0.0.1:${port}
loadmodule "tm.so"
loadmodule "tmx.so"
loadmodule "sl.so"
loadmodule "pv.so"
loadmodule "textops.so"
loadmodule "siputils.so"
include_file "doorline-modules.cfg"

request_route {
  if (is_method("INVITE") && !has_totag()) route(DOORLINE);
  route(RELAY);
}

route[RELAY] {
  $du = "sip:127.0.0.1:${calleePort}";
  if (!t_relay()) sl_reply_error();
  exit;
}

include_file "doorline-routes.cfg"
`;
}

const callerScenario = (from: string) => `<?xml version="1.0" encoding="UTF-8" ?>
<scenario name="caller">
  <send retrans="500"><![CDATA[
    INVITE sip:101@[remote_ip]:[remote_port] SIP/2.0
    Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
    From: ${from};tag=[pid]t[call_number]
    To: <sip:101@[remote_ip]:[remote_port]>
    Call-ID: [call_id]
    CSeq: 1 INVITE
    Contact: sip:caller@[local_ip]:[local_port]
    Max-Forwards: 70
    Content-Type: application/sdp
    Content-Length: [len]

    v=0
    o=user1 53655765 2353687637 IN IP[local_ip_type] [local_ip]
    s=-
    c=IN IP[media_ip_type] [media_ip]
    t=0 0
    m=audio [media_port] RTP/AVP 0
  ]]></send>
  <recv response="100" optional="true"></recv>
  <recv response="180" optional="true"></recv>
  <recv response="200"></recv>
  <send><![CDATA[
    ACK sip:101@[remote_ip]:[remote_port] SIP/2.0
    Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
    From: ${from};tag=[pid]t[call_number]
    To: <sip:101@[remote_ip]:[remote_port]>[peer_tag_param]
    Call-ID: [call_id]
    CSeq: 1 ACK
    Max-Forwards: 70
    Content-Length: 0
  ]]></send>
  <send retrans="500"><![CDATA[
    BYE sip:101@[remote_ip]:[remote_port] SIP/2.0
    Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
    From: ${from};tag=[pid]t[call_number]
    To: <sip:101@[remote_ip]:[remote_port]>[peer_tag_param]
    Call-ID: [call_id]
    CSeq: 2 BYE
    Max-Forwards: 70
    Content-Length: 0
  ]]></send>
  <recv response="200"></recv>
</scenario>
`;

export interface PlacedCall {
  /** The From header of the INVITE that reached the telephone that was called. */
  readonly from: string;
  readonly milliseconds: number;
}

export interface SipSwitch {
  /** Places a call with this From header, takes it, hangs up. */
  call(from: string): Promise<PlacedCall>;
}

/** Starts Kamailio with the texts the console handed out; only the place of the certificate authority is ours. */
export async function startSwitch(folder: string, setup: readonly SetupText[]): Promise<SipSwitch> {
  toolsAreThere();
  const [port, calleePort] = [await freeUdpPort(), await freeUdpPort()];
  const run = path.join(folder, 'run');
  mkdirSync(run, { recursive: true });
  for (const { fileName, text } of setup)
    writeFileSync(path.join(folder, fileName), text.replaceAll(kamailioAuthorityFile, path.join(folder, 'doorline-authority.pem')));
  writeFileSync(path.join(folder, 'kamailio.cfg'), mainConfig({ port, calleePort }));
  const proxy = start(
    'kamailio',
    ['-f', path.join(folder, 'kamailio.cfg'), '-DD', '-E', '-m', '32', '-M', '8', '-w', run, '-Y', run, '-P', path.join(run, 'kamailio.pid')],
    folder,
  );
  let said = '';
  proxy.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const isUp = () => {
    if (proxy.exitCode !== null) throw new Error(`Kamailio did not start: ${said}`);
    return readFileSync('/proc/net/udp', 'utf8').includes(`0100007F:${port.toString(16).toUpperCase().padStart(4, '0')} `);
  };
  await expect.poll(isUp, { timeout: 15_000, interval: 100 }).toBe(true);

  let calls = 0;
  return {
    async call(from) {
      calls += 1;
      const heard = path.join(folder, `callee-${calls}.log`);
      const scenario = path.join(folder, `caller-${calls}.xml`);
      writeFileSync(scenario, callerScenario(from));
      const common = ['-i', '127.0.0.1', '-m', '1', '-nostdin', '-timeout', '20s', '-timeout_error'];
      const callee = start('sipp', ['-sn', 'uas', '-p', String(calleePort), '-trace_msg', '-message_file', heard, ...common], folder);
      const calleeEnd = once(callee, 'close');
      callee.stdout?.resume();
      const started = performance.now();
      const caller = start('sipp', [`127.0.0.1:${port}`, '-sf', scenario, '-p', String(await freeUdpPort()), ...common], folder);
      caller.stdout?.resume();
      const [code] = (await once(caller, 'close')) as [number | null];
      const milliseconds = performance.now() - started;
      if (code !== 0) throw new Error(`The call did not come about (sipp ended with ${code}). Kamailio said: ${said}`);
      callee.kill('SIGUSR1');
      await calleeEnd;
      const invite = /^INVITE [\s\S]*?\r?\n\r?\n/mu.exec(readFileSync(heard, 'utf8'))?.[0] ?? '';
      return { from: /^From: *(.*?);tag=/mu.exec(invite)?.[1] ?? '', milliseconds };
    },
  };
}

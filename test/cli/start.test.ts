import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { programFolder } from '#server/config/program-folder.ts';
import { isDataLocked } from '#server/database/data-lock.ts';
import { startDesk } from '../support/running-desk.ts';
import { temporaryFolder } from '../support/test-context.ts';

const freePorts = ['--lan-host', '127.0.0.1', '--lan-port', '0', '--admin-port', '0', '--bootstrap-port', '0'];

/** `npm start` as npm runs it, on a PC without a display. */
function starts(folder: string): { readonly child: ChildProcess; readonly said: () => string; readonly ended: Promise<number | null> } {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...environment } = process.env;
  const script = path.join(programFolder(import.meta.dirname), 'scripts', 'start.mjs');
  const child = spawn(process.execPath, [script, ...freePorts], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...environment, DOORLINE_DATA: folder } });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  return { child, said: () => text, ended };
}

async function linkIn(said: () => string): Promise<string> {
  for (let tries = 0; tries < 1200; tries += 1) {
    const link = /http:\/\/127\.0\.0\.1:\d+\/#code=\w+/u.exec(said())?.[0];
    if (link !== undefined) return link;
    await pause(100);
  }
  throw new Error(`No link appeared. It said: ${said()}`);
}

async function untilUnlocked(folder: string): Promise<boolean> {
  for (let tries = 0; tries < 200 && isDataLocked(folder); tries += 1) await pause(100);
  return !isDataLocked(folder);
}

describe('npm start without a display', { timeout: 240_000 }, () => {
  test('runs the server and prints a link whose page opens; started again it prints another and leaves the first running', async () => {
    const folder = temporaryFolder();
    const first = starts(folder);
    const link = await linkIn(first.said);

    const second = starts(folder);
    const secondLink = await linkIn(second.said);

    expect(await second.ended).toBe(0);
    expect(secondLink).not.toBe(link);
    expect(new URL(secondLink).origin).toBe(new URL(link).origin);
    const page = await fetch(new URL('/', link));
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('/assets/');
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(await untilUnlocked(folder)).toBe(true);
  });

  test('killed outright, it takes the server with it, which still stops cleanly', async () => {
    const folder = temporaryFolder();
    const started = starts(folder);
    await linkIn(started.said);

    started.child.kill('SIGKILL');

    expect(await untilUnlocked(folder)).toBe(true);
    expect(readFileSync(path.join(folder, 'logs', 'doorline.log'), 'utf8')).toContain('stopping');
  });
});

test.runIf(process.platform === 'linux')('the server limits the memory for new objects without becoming another process', async () => {
  const desk = await startDesk(temporaryFolder());

  const commandLine = readFileSync(`/proc/${desk.child.pid}/cmdline`, 'utf8').split('\0');
  expect(commandLine).toContain('--max-semi-space-size=16');
  expect(await desk.end('SIGTERM')).toEqual({ code: 0, signal: null });
});

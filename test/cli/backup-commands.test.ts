import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli, startDesk } from '../support/running-desk.ts';
import { temporaryFolder } from '../support/test-context.ts';

describe('backup, restore and check on the command line', () => {
  test('a running desk is backed up and checked; it is restored only when it has stopped', { timeout: 120_000 }, async () => {
    const folder = temporaryFolder();
    const file = path.join(temporaryFolder(), 'desk.tar.gz');
    const desk = await startDesk(folder);
    await desk.call('POST', '/contacts', { firstName: 'Before' });

    const backedUp = await runCli(['backup', file, '--data', folder, '--json']);
    await desk.call('POST', '/contacts', { firstName: 'After' });
    const checked = await runCli(['check', '--data', folder]);
    const tooEarly = await runCli(['restore', file, '--data', folder]);
    await desk.end('SIGTERM');
    const restored = await runCli(['restore', file, '--data', folder]);

    expect(backedUp).toMatchObject({ code: 0, stderr: '' });
    const lines = backedUp.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { event: string });
    expect(lines.at(-1)).toMatchObject({ event: 'done', isVerified: true, error: null });
    expect(checked).toMatchObject({ code: 0, stdout: 'Database: sound\nKey: sound\nAttachments: sound\nAudit log: sound\n' });
    expect(tooEarly).toMatchObject({ code: 1, stderr: expect.stringMatching(/^Doorline is running on .+ Stop it first, then try again\.\n$/u) });
    expect(restored).toMatchObject({ code: 0, stdout: expect.stringContaining('before-restore-') });
    const again = await startDesk(folder);
    const names = ((await (await again.call('GET', '/contacts')).json()) as { items: { firstName: string }[] }).items.map(({ firstName }) => firstName);
    expect(names).toEqual(['Before']);
  });
});

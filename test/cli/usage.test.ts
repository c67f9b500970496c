import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseServeConfig } from '#server/config/serve-config.ts';
import { runCli } from '../support/running-desk.ts';
import { temporaryFolder } from '../support/test-context.ts';

describe('the command line', { timeout: 120_000 }, () => {
  test('help and version go to standard output and end with 0', async () => {
    for (const args of [['help'], ['--help'], [], ['backup', '--help']]) {
      const ended = await runCli(args);
      expect([args, ended.code, ended.stderr]).toEqual([args, 0, '']);
      for (const command of ['serve', 'import', 'seed', 'backup', 'restore', 'check', 'device', 'console'])
        expect(ended.stdout).toContain(`doorline ${command} `);
    }
    expect(await runCli(['--version'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/u) });
  });

  test('what can’t be understood ends with 2 and one sentence on standard error that names it', async () => {
    const data = ['--data', temporaryFolder()];
    const cases: readonly (readonly [readonly string[], RegExp])[] = [
      [['frobnicate'], /There is no command “frobnicate”/u],
      [['toString'], /There is no command “toString”/u],
      [['serve'], /--data DIR/u],
      [['serve', '--data', ''], /--data DIR/u],
      [['serve', '--port', '1', ...data], /'--port'/u],
      [['serve', 'now', ...data], /“now” is one word too many/u],
      [['backup', ...data], /The file to write the backup to is missing/u],
      [['restore', ...data], /The backup to restore is missing/u],
      [['check'], /--data DIR/u],
      [['check', '--data'], /--data/u],
      [['serve', ...data, '--lan-port', '-1'], /begins with a dash: write --lan-port=VALUE/u],
      [['import', 'x.csv', '--object', '--json', ...data], /begins with a dash: write --object=VALUE/u],
      [['seed', '--contacts', '5', '--members', '1', '--password', 'x'.repeat(200), ...data], /longer than 128 characters/u],
    ];
    for (const [args, sentence] of cases) {
      const ended = await runCli(args);
      expect([args, ended.code, ended.stdout]).toEqual([args, 2, '']);
      expect(ended.stderr).toMatch(sentence);
      expect(ended.stderr.trim().split('\n')).toHaveLength(1);
    }
  });

  test('what is refused ends with 1 and one sentence', async () => {
    const empty = temporaryFolder();
    for (const args of [['check'], ['backup', `${empty}/x.tar.gz`], ['console']]) {
      const ended = await runCli([...args, '--data', empty]);
      expect(ended).toMatchObject({ code: 1, stdout: '' });
      expect(ended.stderr).toMatch(/^There is no desk in “.+”\. Name the folder you start the server with: --data DIR\.\n$/u);
    }
    const restored = await runCli(['restore', '/no/such/file.tar.gz', '--data', empty]);
    expect(restored).toMatchObject({
      code: 1,
      stdout: '',
      stderr: '“/no/such/file.tar.gz” can’t be used for a backup: there is no such file. Choose another file or folder.\n',
    });
    expect((await runCli(['restore', '/no/such/file.tar.gz', '--data', `${empty}/mistyped`])).code).toBe(1);
    expect(readdirSync(empty)).toEqual([]);
  });
});

describe('the flags of serve', () => {
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [['--lan-port', '65536'], /“65536” is not a port for --lan-port/u],
    [['--lan-port', '-1'], /--lan-port/u],
    [['--lan-port', '80a'], /“80a” is not a port/u],
    [['--lan-port', '1e3'], /“1e3” is not a port/u],
    [['--admin-port', ''], /“” is not a port for --admin-port/u],
    [['--bootstrap-port', '8480.5'], /is not a port for --bootstrap-port/u],
    [['--lan-host', 'example.com'], /“example\.com” is not an address for --lan-host/u],
    [['--lan-host', '192.168.1'], /is not an address/u],
  ];

  test.each(wrong)('%j is refused by name', (flags, sentence) => {
    expect(() => parseServeConfig(['--data', 'x', ...flags], {})).toThrow(sentence);
  });

  test('a log level nobody knows is refused by name', () => {
    expect(() => parseServeConfig(['--data', 'x'], { DOORLINE_LOG_LEVEL: 'loud' })).toThrow('“loud” is not a level for DOORLINE_LOG_LEVEL');
  });

  test('without flags it listens on all networks, on its usual ports, and the console only by habit on 8441', () => {
    expect(parseServeConfig(['--data', 'x'], {})).toEqual({
      dataFolder: 'x',
      lanHost: '0.0.0.0',
      lanPort: 8443,
      adminPort: { port: 8441, isAskedFor: false },
      bootstrapPort: { port: 8480, isAskedFor: false },
      newKey: false,
      json: false,
      logLevel: 'info',
      openApi: true,
    });
  });
});

import { describe, expect, test } from 'vitest';
import { createOutput } from '#server/commands/output.ts';

function streams(isTTY: boolean) {
  const said = { out: '', err: '', now: 0 };
  return {
    said,
    streams: {
      stdout: { write: (text: string) => (said.out += text) },
      stderr: { write: (text: string) => (said.err += text), isTTY, columns: 100 },
      now: () => said.now,
    },
  };
}

describe('what a command says', () => {
  test('on a terminal: one bar that moves, with counts and time left, and ends with a line of its own', () => {
    const { said, streams: to } = streams(true);
    const out = createOutput(false, to);

    for (let done = 0; done <= 200; done += 1) {
      out.progress({ label: 'Importing contacts', done, total: 200 });
      said.now += 50;
    }
    out.result({ event: 'done' }, 'Imported 200.');

    expect(said.out).toBe('Imported 200.\n');
    expect(said.err).toContain('Importing contacts [############............] 50 % (100 of 200, 5 s left)');
    expect(said.err.endsWith('100 % (200 of 200)\n')).toBe(true);
    expect(said.err.split('\n')).toHaveLength(2);
    expect(said.err.split('\r').length).toBeLessThan(150);
  });

  test('in a log file: a line for each tenth of the way, no control characters', () => {
    const { said, streams: to } = streams(false);
    const out = createOutput(false, to);

    for (let done = 0; done <= 1000; done += 1) out.progress({ label: 'Reading', done, total: 1000 });

    expect(said.err.split('\n').length).toBeLessThanOrEqual(12);
    // oxlint-disable-next-line no-control-regex -- exactly those are looked for
    expect(said.err).not.toMatch(/[\r\u001B]/u);
  });

  test('with --json: nothing but one JSON object a line on standard output', () => {
    const { said, streams: to } = streams(true);
    const out = createOutput(true, to);

    out.say('a word for people');
    out.progress({ label: 'Reading', done: 1, total: 2 });
    out.progress({ label: 'Reading', done: 2, total: 2 });
    out.result({ event: 'done', rows: 2 }, 'Read 2.');

    const lines = said.out.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      { event: 'progress', label: 'Reading', done: 1, total: 2 },
      { event: 'progress', label: 'Reading', done: 2, total: 2 },
      { event: 'done', rows: 2 },
    ]);
    expect(said.err).toBe('');
  });

  test('a warning in the middle of a bar stands on a line of its own', () => {
    const { said, streams: to } = streams(true);
    const out = createOutput(false, to);

    out.progress({ label: 'Reading', done: 1, total: 2 });
    out.warn('One row was left out.');

    expect(said.err).toMatch(/\nOne row was left out\.\n$/u);
  });
});

import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// Each rule of .dependency-cruiser.mjs is shown a file that breaks it. Without this, a cruiser that reads nothing would
// pass for ever.

const root = path.resolve(import.meta.dirname, '../..');
let tree = '';

/** File to plant → its content, and the rule it must break. */
const planted: readonly { readonly rule: string; readonly file: string; readonly content: string }[] = [
  { rule: 'no-cycles', file: 'src-server/kernel/planted-a.ts', content: "import { b } from './planted-b.ts';\nexport const a = () => b;\n" },
  { rule: 'only-contracts-cross-processes', file: 'src-renderer/ui/planted.ts', content: "export { newId } from '../../src-server/kernel/ids.ts';\n" },
  {
    rule: 'server-knows-no-desktop',
    file: 'src-server/kernel/planted-desktop.ts',
    content: "import { app } from 'electron';\nexport const quit = () => app.quit();\n",
  },
  { rule: 'contracts-are-leaves', file: 'src-server/people/planted.contract.ts', content: "export { newId } from '../kernel/ids.ts';\n" },
  { rule: 'phone-is-not-console', file: 'src-renderer/phone/planted.ts', content: "export { other } from '../console/planted-other.ts';\n" },
  {
    rule: 'no-node-in-the-renderer',
    file: 'src-renderer/ui/planted-node.ts',
    content: "import fs from 'node:fs';\nexport const read = () => fs.readFileSync('x');\n",
  },
  { rule: 'sql-only-in-queries', file: 'src-server/people/planted.service.ts', content: "import { sql } from 'kysely';\nexport const one = sql`select 1`;\n" },
  {
    rule: 'only-the-service-calls-queries',
    file: 'src-server/people/planted.routes.ts',
    content: "export { settingsOf } from '../settings/settings.queries.ts';\n",
  },
  { rule: 'queries-stay-home', file: 'src-server/people/planted-other.service.ts', content: "export { settingsOf } from '../settings/settings.queries.ts';\n" },
  {
    rule: 'only-contracts-cross-processes',
    file: 'src-main/server-process.ts',
    content: "export { newId } from '../src-server/kernel/ids.ts';\n",
  },
  { rule: 'sql-only-in-queries', file: 'src-main/planted-sql.ts', content: "export { sql } from 'kysely';\n" },
  { rule: 'queries-call-nobody', file: 'src-server/people/planted.queries.ts', content: "export { recordAct } from '../audit/audit.service.ts';\n" },
  { rule: 'services-know-no-http', file: 'src-server/people/planted-http.service.ts', content: "export { contextOf } from '../http/scopes.ts';\n" },
  { rule: 'features-below-pages', file: 'src-server/people/planted-page.ts', content: "export { planted } from '../portal/planted-view.ts';\n" },
  { rule: 'foundations-know-no-features', file: 'src-server/kernel/planted-feature.ts', content: "export { recordAct } from '../audit/audit.service.ts';\n" },
  { rule: 'no-orphans', file: 'src-server/people/planted-orphan.ts', content: 'export const alone = 1;\n' },
];

const helpers: Readonly<Record<string, string>> = {
  'src-server/kernel/planted-b.ts': "import { a } from './planted-a.ts';\nexport const b = () => a;\n",
  'src-renderer/console/planted-other.ts': 'export const other = 1;\n',
  'src-server/portal/planted-view.ts': 'export const planted = 1;\n',
};

function cruise(): Promise<{ violations: { rule: { name: string }; from: string }[]; modules: number }> {
  const cruiser = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [cruiser, 'src-server', 'src-renderer', 'src-main', '--config', '.dependency-cruiser.mjs', '--output-type', 'json'],
      { cwd: tree, maxBuffer: 500_000_000 },
      (_error, stdout, stderr) => {
        if (stdout === '') return reject(new Error(stderr));
        const report = JSON.parse(stdout) as { summary: { violations: { rule: { name: string }; from: string }[]; totalCruised: number } };
        return resolve({ violations: report.summary.violations, modules: report.summary.totalCruised });
      },
    );
  });
}

let found: Awaited<ReturnType<typeof cruise>>;

beforeAll(async () => {
  tree = mkdtempSync(path.join(tmpdir(), 'doorline-planted-'));
  for (const name of ['src-server', 'src-renderer', 'src-main', 'resources']) cpSync(path.join(root, name), path.join(tree, name), { recursive: true });
  for (const name of ['.dependency-cruiser.mjs', 'tsconfig.base.json', 'package.json']) cpSync(path.join(root, name), path.join(tree, name));
  symlinkSync(path.join(root, 'node_modules'), path.join(tree, 'node_modules'));
  for (const [file, content] of [...Object.entries(helpers), ...planted.map((plant) => [plant.file, plant.content] as const)]) {
    mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
    writeFileSync(path.join(tree, file), content);
  }
  found = await cruise();
}, 120_000);

afterAll(() => rmSync(tree, { recursive: true, force: true }));

describe('the import rules', () => {
  test('are checked on the whole tree', () => {
    expect(found.modules).toBeGreaterThan(200);
  });

  test.each(planted)('$rule catches a planted violation in $file', ({ rule, file }) => {
    expect(found.violations.filter((violation) => violation.rule.name === rule).map((violation) => violation.from)).toContain(file);
  });

  test('each rule has a planted violation', async () => {
    const configuration = (await import(path.join(root, '.dependency-cruiser.mjs'))) as { default: { forbidden: { name: string }[] } };
    expect(configuration.default.forbidden.map((rule) => rule.name).toSorted()).toEqual([...new Set(planted.map((plant) => plant.rule))].toSorted());
  });
});

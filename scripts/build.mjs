// Builds everything into dist/: the server and the desktop shell with Rolldown, all browser code with Vite.
// `node scripts/build.mjs server` builds one part: server, main or renderer.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';

const root = path.join(import.meta.dirname, '..');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

/** @returns {(id: string) => boolean} whether a module is left out of a bundle: Node's own, Electron, and these packages. */
function leavingOut(/** @type {string[]} */ packages) {
  return (id) => id.startsWith('node:') || id === 'electron' || packages.some((name) => id === name || id.startsWith(`${name}/`));
}

/** The server takes its packages into the bundle, which halves its start; only those with native code stay outside. */
const outsideServer = leavingOut(['better-sqlite3', '@node-rs/argon2']);
const outsideMain = leavingOut(Object.keys(manifest.dependencies));

/** Builds into a folder of its own and then changes places with the old one, so that nobody ever meets half a build. */
async function inPlaceOf(/** @type {string} */ folder, /** @type {(fresh: string) => Promise<unknown>} */ build) {
  const target = path.join(root, folder);
  const fresh = `${target}.new-${process.pid}`;
  const old = `${target}.old-${process.pid}`;
  try {
    await build(fresh);
    mkdirSync(path.dirname(target), { recursive: true });
    if (existsSync(target)) renameSync(target, old);
    renameSync(fresh, target);
  } finally {
    for (const remains of [fresh, old]) rmSync(remains, { recursive: true, force: true });
  }
}

async function bundle(/** @type {{ input: Record<string, string>, dir: string, format: 'esm' | 'cjs', external: (id: string) => boolean }} */ target) {
  const build = await rolldown({
    input: target.input,
    external: target.external,
    platform: 'node',
    tsconfig: false,
    transform: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  });
  await inPlaceOf(target.dir, (fresh) =>
    build.write({ dir: fresh, format: target.format, entryFileNames: target.format === 'cjs' ? '[name].cjs' : '[name].js', sourcemap: true }),
  );
  await build.close();
}

/** Compresses what browsers fetch once and for good as well as it goes, so that the server never has to. */
function precompress(/** @type {string} */ folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(?:js|css|svg|json|webmanifest)$/u.test(entry.name)) continue;
    const file = path.join(entry.parentPath, entry.name);
    const content = readFileSync(file);
    if (content.length < 1024) continue;
    const size = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
    writeFileSync(`${file}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, ...size } }));
    writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
  }
}

const parts = {
  server: () =>
    bundle({
      input: { cli: path.join(root, 'src-server/cli.ts') },
      dir: 'dist/server',
      format: 'esm',
      external: outsideServer,
    }),
  main: async () => {
    await bundle({ input: { main: path.join(root, 'src-main/main.ts') }, dir: 'dist/main', format: 'esm', external: outsideMain });
    // A sandboxed preload must be one CommonJS file that asks for nothing but Electron.
    await bundle({ input: { preload: path.join(root, 'src-main/preload.ts') }, dir: 'dist/preload', format: 'cjs', external: (id) => id === 'electron' });
  },
  renderer: async () => {
    const { build } = await import('vite');
    await inPlaceOf('dist/renderer', async (fresh) => {
      await build({ configFile: path.join(root, 'vite.config.ts'), logLevel: 'warn', build: { outDir: fresh } });
      precompress(fresh);
    });
  },
};

const wanted = process.argv.slice(2);
for (const [name, build] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const started = Date.now();
  await build();
  console.log(`built ${name} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

// Builds everything into dist/: the server and the desktop shell with Rolldown, all browser code with Vite.
// `node scripts/build.mjs server` builds one part: server, main or renderer.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';

const root = path.join(import.meta.dirname, '..');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const dependencies = Object.keys(manifest.dependencies);

/** Node's own modules, installed packages and Electron are not bundled. */
function isExternal(/** @type {string} */ id) {
  return id.startsWith('node:') || id === 'electron' || dependencies.some((name) => id === name || id.startsWith(`${name}/`));
}

async function bundle(/** @type {{ input: Record<string, string>, dir: string, format: 'esm' | 'cjs', external: (id: string) => boolean }} */ target) {
  const build = await rolldown({
    input: target.input,
    external: target.external,
    platform: 'node',
    tsconfig: false,
    transform: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  });
  await build.write({
    dir: path.join(root, target.dir),
    format: target.format,
    entryFileNames: target.format === 'cjs' ? '[name].cjs' : '[name].js',
    sourcemap: true,
    cleanDir: true,
  });
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
      external: isExternal,
    }),
  main: async () => {
    await bundle({ input: { main: path.join(root, 'src-main/main.ts') }, dir: 'dist/main', format: 'esm', external: isExternal });
    // A sandboxed preload must be one CommonJS file that asks for nothing but Electron.
    await bundle({ input: { preload: path.join(root, 'src-main/preload.ts') }, dir: 'dist/preload', format: 'cjs', external: (id) => id === 'electron' });
  },
  renderer: async () => {
    const { build } = await import('vite');
    await build({ configFile: path.join(root, 'vite.config.ts'), logLevel: 'warn' });
    precompress(path.join(root, 'dist/renderer'));
  },
};

const wanted = process.argv.slice(2);
for (const [name, build] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const started = Date.now();
  await build();
  console.log(`built ${name} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

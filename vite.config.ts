import { createHash } from 'node:crypto';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { rolldown } from 'rolldown';
import { defineConfig, type Plugin } from 'vite';

const root = path.join(import.meta.dirname, 'src-renderer');
const target = 'es2023';

/** The Latin part of the typeface; names in other scripts are shown with the phone's own until they were seen once. */
const latinFace = /inter-latin(?:-ext)?-wght-normal-[\w-]+\.woff2$/u;

/** The phone page's service worker as one file of its own, as browsers want it, that shares no chunk with the page. */
async function workerCode(): Promise<string> {
  const build = await rolldown({ input: path.join(root, 'phone/service-worker.ts'), platform: 'browser', tsconfig: false, transform: { target } });
  const { output } = await build.generate({ format: 'iife', minify: true });
  await build.close();
  return output[0].code;
}

/** Adds the phone page's service worker, and tells it which files the page has; they are known only when all are built. */
function phoneServiceWorker(): Plugin {
  return {
    name: 'phone-service-worker',
    async generateBundle(_options, bundle) {
      const code = await workerCode();
      const found = new Set(Object.keys(bundle).filter((name) => latinFace.test(name)));
      const open = Object.values(bundle).flatMap((output) => (output.type === 'chunk' && output.isEntry && output.name === 'phone' ? [output.fileName] : []));
      for (const name of open) {
        const chunk = bundle[name];
        if (found.has(name) || chunk?.type !== 'chunk') continue;
        found.add(name);
        for (const style of chunk.viteMetadata?.importedCss ?? []) found.add(style);
        open.push(...chunk.imports, ...chunk.dynamicImports);
      }
      const files = [...found].map((name) => path.basename(name)).sort();
      // The program is part of the version: a worker that works otherwise begins with a cache of its own.
      const version = createHash('sha256').update(files.join()).update(code).digest('hex').slice(0, 12);
      const source = code.replaceAll('__PHONE_FILES__', JSON.stringify(files)).replaceAll('__PHONE_VERSION__', JSON.stringify(version));
      this.emitFile({ type: 'asset', fileName: 'phone/service-worker.js', source });
    },
  };
}

/** A script at a fixed address: the portal's pages are rendered by the server. */
const fixedNames: Readonly<Record<string, string>> = { portal: 'portal/portal.js' };

/** All browser code: the console (React), the phone page (Preact by file pragma) and the portal's small enhancements. */
export default defineConfig({
  root,
  base: './',
  plugins: [react(), phoneServiceWorker()],
  build: {
    outDir: path.join(import.meta.dirname, 'dist/renderer'),
    emptyOutDir: true,
    target,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: {
        console: path.join(root, 'console/index.html'),
        phone: path.join(root, 'phone/index.html'),
        portal: path.join(root, 'portal/main.ts'),
      },
      output: {
        entryFileNames: (chunk) => fixedNames[chunk.name] ?? 'assets/[name]-[hash].js',
      },
    },
  },
});

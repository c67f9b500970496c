import { createHash } from 'node:crypto';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const root = path.join(import.meta.dirname, 'src-renderer');

/** The Latin part of the typeface; names in other scripts are shown with the phone's own until they were seen once. */
const latinFace = /inter-latin(?:-ext)?-wght-normal-[\w-]+\.woff2$/u;

/** Tells the phone page's service worker which files the page has; they are known only when all are built. */
function listPhoneFiles(): Plugin {
  return {
    name: 'list-phone-files',
    generateBundle(_options, bundle) {
      const worker = bundle['phone/service-worker.js'];
      if (worker?.type !== 'chunk') return;
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
      const version = createHash('sha256').update(files.join()).update(worker.code).digest('hex').slice(0, 12);
      worker.code = worker.code.replaceAll('__PHONE_FILES__', JSON.stringify(files)).replaceAll('__PHONE_VERSION__', JSON.stringify(version));
    },
  };
}

/** Scripts at a fixed address: the portal's pages are rendered by the server, a service worker is found again by its name. */
const fixedNames: Readonly<Record<string, string>> = { portal: 'portal/portal.js', 'service-worker': 'phone/service-worker.js' };

/** All browser code: the console (React), the phone page (Preact by file pragma) and the portal's small enhancements. */
export default defineConfig({
  root,
  base: './',
  plugins: [react(), listPhoneFiles()],
  build: {
    outDir: path.join(import.meta.dirname, 'dist/renderer'),
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: {
        console: path.join(root, 'console/index.html'),
        phone: path.join(root, 'phone/index.html'),
        portal: path.join(root, 'portal/main.ts'),
        'service-worker': path.join(root, 'phone/service-worker.ts'),
      },
      output: {
        entryFileNames: (chunk) => fixedNames[chunk.name] ?? 'assets/[name]-[hash].js',
      },
    },
  },
});

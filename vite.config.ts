import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = path.join(import.meta.dirname, 'src-renderer');

/** All browser code: the console (React), the phone page (Preact by file pragma) and the portal's small enhancements. */
export default defineConfig({
  root,
  base: './',
  plugins: [react()],
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
      },
      output: {
        // The portal's script has a fixed name: its pages are rendered by the server, which adds the hash itself.
        entryFileNames: (chunk) => (chunk.name === 'portal' ? 'portal/portal.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
});

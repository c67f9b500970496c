import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // By itself Vitest would leave one of two cores idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: 'server',
          include: ['test/{server,desktop,architecture,cli}/**/*.test.ts'],
          exclude: ['test/server/scale/**'],
          pool: 'forks',
          testTimeout: 30_000,
          hookTimeout: 30_000,
          setupFiles: ['test/support/check-node.ts'],
        },
      },
      {
        test: {
          // A million contacts: seeded once, then looked at for minutes.
          name: 'scale',
          include: ['test/server/scale/**/*.test.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 1_800_000,
          setupFiles: ['test/support/check-node.ts'],
        },
      },
      {
        test: {
          name: 'renderer',
          include: ['test/renderer/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          setupFiles: ['test/support/browser-stubs.ts'],
        },
      },
    ],
  },
});

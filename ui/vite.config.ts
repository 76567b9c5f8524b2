// How the UI is built, served and tested. Not what it does.
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig(({ mode }) => ({
  plugins: [
    paraglideVitePlugin({
      project: './project.inlang',
      outdir: './src/lib/paraglide',
      strategy: ['globalVariable', 'baseLocale'],
    }),
    svelte(),
  ],
  clearScreen: false,
  server: { host: '127.0.0.1', port: 1420, strictPort: true },
  // A data: URL for a small asset would break `script-src 'self'`, and one less rule is one less to know.
  build: {
    target: ['es2022', 'safari16.4'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    outDir: mode === 'fake' ? '../target/ui/site' : 'dist',
    emptyOutDir: true,
  },
  resolve: mode === 'test' ? { conditions: ['browser'] } : {},
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'window',
          environment: 'jsdom',
          include: ['src/tests/*.test.ts'],
          setupFiles: ['src/tests/setup.ts'],
          restoreMocks: true,
        },
      },
      {
        test: {
          name: 'browser',
          environment: 'node',
          include: ['src/tests/browser/*.test.ts'],
          globalSetup: ['src/tests/browser/start.ts'],
          // `npm run look` takes pictures of what is tested.
          provide: { looking: mode === 'look' },
          // Chromium works while a worker waits for it. Projects with numbers of their own run in turn.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 20_000,
        },
      },
    ],
  },
}));

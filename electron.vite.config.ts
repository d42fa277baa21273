import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { contract, events } from './electron/contract/contract.ts';
import { mayForThePage } from './electron/contract/for-the-page.ts';

// The preload carries the names alone, so that a sandboxed page does not load the schemas twice.
const names = Object.keys(contract);
const fileNames = Object.entries(contract)
  .filter(([, operation]) => 'file' in operation)
  .map(([name]) => name);

const BUNDLED = ['zod', 'drizzle-orm', '@scure/bip39', 'electron-log'];

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      // Native modules and the word lists stay outside; the rest is bundled and shaken, which halves what the core loads.
      externalizeDeps: { exclude: BUNDLED },
      rollupOptions: {
        input: {
          index: resolve('electron/main/index.ts'),
          'core-thread': resolve('electron/main/core/core-thread.ts'),
          'job-thread': resolve('electron/main/core/job-thread.ts'),
          'card-process': resolve('electron/main/cards/card-process.ts'),
        },
        output: { entryFileNames: '[name].js' },
      },
    },
  },
  preload: {
    define: {
      __OPERATIONS__: JSON.stringify(names),
      __FILE_OPERATIONS__: JSON.stringify(fileNames),
      __EVENTS__: JSON.stringify(Object.keys(events)),
    },
    build: {
      outDir: 'out/preload',
      rollupOptions: {
        input: { preload: resolve('electron/preload/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    define: { __MAY__: mayForThePage() },
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      // Off unless it is asked for; what a start has to read is a third as long with it.
      minify: true,
      rollupOptions: { input: resolve('renderer/index.html') },
    },
  },
});

import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'electron-vite'
import { resolve } from 'node:path'
import type { Plugin } from 'vite'
import { noteLicences } from './scripts/build/licences.mjs'
import { META_CONTENT_SECURITY_POLICY } from './src-main/shell/content-policy.ts'

// One set of targets for the oldest runtime that Linnet supports (Electron 33).
const node = 'node20.18'
const chrome = 'chrome130'
const root = import.meta.dirname
const path = (...parts: string[]): string => resolve(import.meta.dirname, ...parts)

/** In the built page only: hot reload needs inline styles and a socket. */
const policy: Plugin = {
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: META_CONTENT_SECURITY_POLICY },
      injectTo: 'head-prepend',
    },
  ],
}

export default defineConfig({
  main: {
    plugins: [noteLicences({ root, beside: ['better-sqlite3', 'electron'] })],
    build: {
      target: node,
      // Everything is bundled but the native module, so start-up reads few files and the package needs one dependency.
      externalizeDeps: true,
      lib: {
        entry: {
          main: path('src-main/main.ts'),
          'search-worker': path('src-main/storage/search/worker.ts'),
          'backup-worker': path('src-main/domain/backup/worker.ts'),
        },
        formats: ['es'],
      },
      rollupOptions: { output: { entryFileNames: '[name].js' } },
    },
  },
  preload: {
    build: {
      target: node,
      lib: { entry: path('src-main/shell/preload.ts'), formats: ['cjs'] },
      // A sandboxed preload must be CommonJS.
      rollupOptions: { output: { entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: path('src-renderer'),
    plugins: [svelte(), policy, noteLicences({ root })],
    build: {
      target: chrome,
      // What is read and compiled before anything is seen; electron-vite leaves it as it is.
      minify: true,
      chunkSizeWarningLimit: 1200,
      rollupOptions: { input: { index: path('src-renderer/index.html') }, checks: { pluginTimings: false } },
    },
  },
})

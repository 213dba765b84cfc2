import { svelte } from '@sveltejs/vite-plugin-svelte'
import { svelteTesting } from '@testing-library/svelte/vite'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const seconds = (count: number): number => count * 1000

/** Also where there are only two cores: most of it is waiting. */
const parallel = { testTimeout: seconds(90), maxWorkers: 2 }

/** Tests that start servers or windows: one file at a time, so that two cores are enough for real time limits. */
const serial = { fileParallelism: false, testTimeout: seconds(60), hookTimeout: seconds(120) }

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/{model,protocol,storage,domain,shell,text}/**/*.test.ts', 'test/*.test.ts'],
          ...parallel,
        },
      },
      {
        // Apart, because what components need is read anew for each file.
        plugins: [svelte({ configFile: false }), svelteTesting()],
        // svelteTesting() asks for what a browser would get, and of this one that is nothing.
        resolve: { alias: { ws: fileURLToPath(import.meta.resolve('ws')) } },
        test: { name: 'renderer', include: ['test/renderer/**/*.test.ts'], ...parallel },
      },
      { test: { name: 'integration', include: ['test/{integration,faults}/**/*.test.ts'], ...serial } },
      { test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], ...serial } },
      { test: { name: 'fuzz', include: ['test/fuzz/**/*.test.ts'] } },
      { test: { name: 'interop', include: ['test/interop/**/*.test.ts'], ...serial } },
    ],
  },
})

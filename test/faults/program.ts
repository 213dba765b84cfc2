/** The program of a person's own process, bundled: it starts in a fraction of the time that its many files would take. */
import { mkdirSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'

const root = join(import.meta.dirname, '..', '..')

export interface Program {
  readonly file: string
  /** To be removed when it is not needed any more. Beneath node_modules, where the native module is found. */
  readonly folder: string
}

export async function buildProgram(): Promise<Program> {
  const parent = join(root, 'node_modules', '.cache')
  mkdirSync(parent, { recursive: true })
  const folder = mkdtempSync(join(parent, 'linnet-person-'))
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    build: { ssr: join(import.meta.dirname, 'person-process.ts'), outDir: folder, target: 'node20' },
    ssr: { noExternal: true, external: ['better-sqlite3'] },
  })
  return { file: join(folder, 'person-process.js'), folder }
}

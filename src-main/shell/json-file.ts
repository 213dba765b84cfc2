/** Small files of the shell's own (window places, keyring blobs): checked when read, replaced as a whole when written. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import * as v from 'valibot'

/** Undefined when the file is missing, is no JSON or is not of this shape. */
export function readJsonFile<S extends v.GenericSchema>(
  file: string,
  shape: S,
): v.InferOutput<S> | undefined {
  try {
    const checked = v.safeParse(shape, JSON.parse(readFileSync(file, 'utf8')))
    return checked.success ? checked.output : undefined
  } catch {
    return undefined
  }
}

/** Only the user can read it. Throws when the disk refuses; a half-written file never takes the place of a whole one. */
export function writeJsonFile(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true })
  const draft = `${file}.new`
  writeFileSync(draft, JSON.stringify(value), { mode: 0o600 })
  renameSync(draft, file)
}

/** Text files of the user's: read within a bound, written whole or not at all. */
import { open, rename, rm, writeFile } from 'node:fs/promises'
import { UserError } from '../contract/errors.ts'

export type ReadFile =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'refused'; readonly reason: 'too-large' | 'unreadable' }

/** Reads no more than the bound, whatever the file says of its size: it may be a device, or grow. */
export async function readTextFile(file: string, maxBytes: number): Promise<ReadFile> {
  try {
    const handle = await open(file, 'r')
    try {
      if (!(await handle.stat()).isFile()) return { kind: 'refused', reason: 'unreadable' }
      const buffer = Buffer.alloc(maxBytes + 1)
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0)
      if (bytesRead > maxBytes) return { kind: 'refused', reason: 'too-large' }
      return { kind: 'text', text: buffer.toString('utf8', 0, bytesRead) }
    } finally {
      await handle.close()
    }
  } catch {
    return { kind: 'refused', reason: 'unreadable' }
  }
}

/** A half-written file never takes the place of a whole one. Throws UserError 'file-not-written'. */
export async function replaceFile(file: string, content: string): Promise<void> {
  const draft = `${file}.part`
  try {
    await writeFile(draft, content, { mode: 0o600 })
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined)
    const detail = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new UserError({ code: 'file-not-written', detail })
  }
}

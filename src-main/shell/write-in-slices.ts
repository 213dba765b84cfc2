/**
 * Long files that the user chose, written little by little: the program goes on answering meanwhile. Whole or not at all: what
 * is half written never takes the place of a whole file, and goes when it is given up.
 */
import { open, rename, rm } from 'node:fs/promises'
import { UserError } from '../contract/errors.ts'

/** Of making pieces, before others get their turn. */
const SLICE_MS = 6
const SLICE_CHARACTERS = 64 * 1024

/** False when `signal` ended it. Throws UserError 'disk-full' and 'file-not-written', and what making the pieces throws. */
export async function writeInSlices(
  file: string,
  pieces: Iterable<string>,
  signal: AbortSignal,
): Promise<boolean> {
  const draft = `${file}.part`
  try {
    const handle = await open(draft, 'w', 0o600)
    try {
      for (const slice of slicesOf(pieces)) {
        if (signal.aborted) break
        await handle.appendFile(slice)
      }
      if (!signal.aborted) await handle.sync()
    } finally {
      await handle.close()
    }
    if (!signal.aborted) {
      await rename(draft, file)
      return true
    }
    await rm(draft, { force: true })
    return false
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined)
    throw toFileError(error)
  }
}

function* slicesOf(pieces: Iterable<string>): Generator<string> {
  let slice = ''
  let started = performance.now()
  for (const piece of pieces) {
    slice += piece
    if (slice.length < SLICE_CHARACTERS && performance.now() - started < SLICE_MS) continue
    yield slice
    slice = ''
    started = performance.now()
  }
  yield slice
}

/** What the file system says, as the user is told; anything else as it is. */
export function toFileError(error: unknown): unknown {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return error
  const detail = String(error.code)
  return new UserError({
    code: ['ENOSPC', 'EDQUOT'].includes(detail) ? 'disk-full' : 'file-not-written',
    detail,
  })
}

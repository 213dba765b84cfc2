/**
 * A restored profile waits in a folder of the profile until the next start, and takes the place of what is there before anything is
 * opened. Each step can be done again: ended in the middle, it goes on at the next start.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

export function stagedDatabase(folder: string): string {
  return join(folder, 'database.sqlite')
}

const readyFile = (folder: string): string => join(folder, 'ready')

/** The last step of a restore: without this file a folder is one that was not finished. `now`: epoch milliseconds. */
export function markReady(folder: string, now: number): void {
  const stamp = new Date(now).toISOString().replace(/\.\d+/, '').replace(/[-:]/g, '')
  const draft = `${readyFile(folder)}.new`
  writeFileSync(draft, stamp, { mode: 0o600, flush: true })
  renameSync(draft, readyFile(folder))
}

export interface ProfileFiles {
  readonly database: string
  /** Of the accounts that were here: their numbers may be those of others now. */
  readonly secrets: string
  /** The same holds for passwords of rooms. */
  readonly roomSecrets: string
  readonly restored: string
}

/**
 * Before anything of the profile is opened, and by one Linnet alone. What was here is in the folder that is given back; undefined:
 * nothing waited. Throws when the file system refuses; what was here is still here then.
 */
export function takeRestored({ database, secrets, roomSecrets, restored }: ProfileFiles): string | undefined {
  if (!existsSync(restored)) return undefined
  if (!existsSync(readyFile(restored))) {
    rmSync(restored, { recursive: true, force: true })
    return undefined
  }
  const replaced = `${database}.replaced-${stampOf(restored)}`
  if (existsSync(stagedDatabase(restored))) {
    dropOlder(database, replaced)
    const journals = ['-wal', '-shm', '-journal'].map((end) => database + end)
    moveAway([database, ...journals, secrets, roomSecrets], replaced)
    renameSync(stagedDatabase(restored), database)
  }
  rmSync(restored, { recursive: true, force: true })
  return replaced
}

/** It becomes a part of a name. */
function stampOf(restored: string): string {
  return readFileSync(readyFile(restored), 'utf8')
    .replace(/[^0-9TZ]/g, '')
    .slice(0, 20)
}

function moveAway(files: readonly string[], folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const moved: [from: string, to: string][] = []
  try {
    for (const file of files.filter(existsSync)) {
      const to = join(folder, basename(file))
      renameSync(file, to)
      moved.push([file, to])
    }
  } catch (error) {
    for (const [from, to] of moved.reverse()) renameSync(to, from)
    throw error
  }
}

/** One profile of before is kept, not all that ever were. */
function dropOlder(database: string, kept: string): void {
  const folder = dirname(database)
  const prefix = `${basename(database)}.replaced-`
  for (const name of readdirSync(folder)) {
    if (name.startsWith(prefix) && join(folder, name) !== kept) {
      rmSync(join(folder, name), { recursive: true, force: true })
    }
  }
}

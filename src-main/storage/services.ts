/** Table `capability`: what software can do, by the hash that proves it (XEP-0115). Bounded: anybody may announce hashes. */
import type { Capability } from '../model/services.ts'
import { inTransaction, type WritableDB } from './database.ts'
import type { CapabilityKey, ServicesStorage } from './services.types.ts'

/** Some hundred are in use among thousands of contacts. */
export const MAX_CAPABILITIES = 2000

/** A use is written down once a day: each write waits for the disk. */
const USE_STEP_MS = 24 * 60 * 60 * 1000

export const CAPABILITY_QUERIES = {
  one: 'SELECT info FROM capability WHERE hash = ? AND ver = ?',
  oldest: 'SELECT hash, ver FROM capability ORDER BY used_at LIMIT ?',
} as const

export function prepareServices(db: WritableDB): ServicesStorage {
  const one = db.prepare<[string, string], string>(CAPABILITY_QUERIES.one).pluck()
  const use = db.prepare<
    [{ readonly hash: string; readonly ver: string; readonly usedAt: number; readonly since: number }]
  >('UPDATE capability SET used_at = :usedAt WHERE hash = :hash AND ver = :ver AND used_at < :since')
  const put = db.prepare<[string, string, string, number]>(
    'INSERT OR REPLACE INTO capability (hash, ver, info, used_at) VALUES (?, ?, ?, ?)',
  )
  const count = db.prepare<[], number>('SELECT count(*) FROM capability').pluck()
  const oldest = db.prepare<[number], CapabilityKey>(CAPABILITY_QUERIES.oldest)
  const remove = db.prepare<[string, string]>('DELETE FROM capability WHERE hash = ? AND ver = ?')

  function insert({ hash, ver }: CapabilityKey, capability: Capability, usedAt: number): void {
    put.run(hash, ver, JSON.stringify(capability), usedAt)
    const excess = (count.get() ?? 0) - MAX_CAPABILITIES
    if (excess > 0) for (const old of oldest.all(excess)) remove.run(old.hash, old.ver)
  }

  return {
    findCapability({ hash, ver }, usedAt) {
      const info = one.get(hash, ver)
      if (info === undefined) return undefined
      use.run({ hash, ver, usedAt, since: usedAt - USE_STEP_MS })
      return parseCapability(info)
    },
    putCapability: inTransaction(db, insert),
  }
}

function parseCapability(json: string): Capability | undefined {
  try {
    return JSON.parse(json) as Capability
  } catch {
    return undefined
  }
}

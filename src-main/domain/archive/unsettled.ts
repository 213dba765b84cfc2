/**
 * Whether the order of what is here is known when an archive has been read: what came live meanwhile is not numbered yet,
 * and what the archive added or moved may stand on the wrong side of it until that is asked once more: late-messages.ts for
 * the account's own, room-sync.ts for that of a room.
 */
import type { HistoryBatch } from './batch.ts'
import type { Source } from './sources.ts'

/** What is read: as in Source. */
type Key = Source['key']

/** What has no place yet comes many at a time: so long until it is asked. */
export const QUIET_MS = 500

interface Reading {
  /** Something came live since the archive was asked. */
  heard: boolean
  /** The archive put something where it was not. */
  placed: boolean
}

const readings = new WeakMap<Key, Reading>()

/** The archive is about to be asked. */
export function beginReading(key: Key): void {
  readings.set(key, { heard: false, placed: false })
}

/** Somebody said something on the stream, we or another, that will be in it. */
export function noteHeard(key: Key): void {
  const reading = readings.get(key)
  if (reading !== undefined) reading.heard = true
}

/** What the archive had. */
export function noteRead(key: Key, { added, moved }: Pick<HistoryBatch, 'added' | 'moved'>): void {
  const reading = readings.get(key)
  if (reading !== undefined && added.length + moved.length > 0) reading.placed = true
}

export function isUnsettled(key: Key): boolean {
  const reading = readings.get(key)
  return reading !== undefined && reading.heard && reading.placed
}

/** It is known; what is heard from here on comes after all that was read. */
export function endReading(key: Key): void {
  readings.delete(key)
}

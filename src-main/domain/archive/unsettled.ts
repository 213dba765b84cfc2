/**
 * Whether the order of what is here is known when the archive has been read: what came live meanwhile is not numbered yet,
 * and what the archive added or moved may stand on the wrong side of it until that is asked once more (late-messages.ts).
 */
import type { Link } from '../link.ts'
import type { HistoryBatch } from './batch.ts'

interface Reading {
  /** Something came live since the archive was asked. */
  heard: boolean
  /** The archive put something where it was not. */
  placed: boolean
}

const readings = new WeakMap<Link, Reading>()

/** The archive is about to be asked. */
export function beginReading(link: Link): void {
  readings.set(link, { heard: false, placed: false })
}

/** Somebody said something on the stream, we or another. */
export function noteHeard(link: Link): void {
  const reading = readings.get(link)
  if (reading !== undefined) reading.heard = true
}

/** What the archive had. */
export function noteRead(link: Link, { added, moved }: Pick<HistoryBatch, 'added' | 'moved'>): void {
  const reading = readings.get(link)
  if (reading !== undefined && added.length + moved.length > 0) reading.placed = true
}

export function isUnsettled(link: Link): boolean {
  const reading = readings.get(link)
  return reading !== undefined && reading.heard && reading.placed
}

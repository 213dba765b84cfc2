/** Which of the recorded stanzas are shown. Pure. */
import type { TrafficEntry, TrafficKind } from '../../src-main/model/console.ts'

export const TRAFFIC_KINDS: readonly TrafficKind[] = ['message', 'presence', 'iq', 'nonza']

export interface TrafficFilter {
  readonly kinds: ReadonlySet<TrafficKind>
  readonly direction: 'both' | 'in' | 'out'
  /** A part of `from` or `to`. */
  readonly address: string
  /** A part of the stanza as it is shown. */
  readonly text: string
}

export const EVERYTHING: TrafficFilter = {
  kinds: new Set(TRAFFIC_KINDS),
  direction: 'both',
  address: '',
  text: '',
}

/** Looks at each stanza once, however often it is asked: text is searched in megabytes. */
export function createTrafficMatcher(filter: TrafficFilter): (entry: TrafficEntry) => boolean {
  const known = new WeakMap<TrafficEntry, boolean>()
  const address = filter.address.trim().toLowerCase()
  const text = filter.text.toLowerCase()
  const matches = (entry: TrafficEntry): boolean =>
    filter.kinds.has(entry.kind) &&
    (filter.direction === 'both' || filter.direction === entry.direction) &&
    (address === '' ||
      entry.from.toLowerCase().includes(address) ||
      entry.to.toLowerCase().includes(address)) &&
    (text.trim() === '' || entry.xml.toLowerCase().includes(text))
  return (entry) => {
    const before = known.get(entry)
    if (before !== undefined) return before
    const now = matches(entry)
    known.set(entry, now)
    return now
  }
}

/**
 * What open XML consoles show: the latest of an account's stream in memory, without secrets. Nothing is looked at, let
 * alone kept, for an account whose console is closed, and nothing ever reaches the disk.
 */
import type { TrafficEntry } from '../../model/console.ts'
import { describeElement } from '../../protocol/traffic.ts'
import type { Element } from '../../protocol/xml.ts'

/** A login of a large account fits; beyond either bound the oldest go. */
export const MAX_ENTRIES = 10_000
export const MAX_CHARACTERS = 16_000_000
/** Often enough to look like at once, and rare enough that a burst is a few messages to the window. */
const BATCH_MS = 50

export type TrafficWatcher = (entries: readonly TrafficEntry[]) => void

export interface Traffic {
  /** The element belongs to the stream and is left as it is. */
  record(accountId: number, direction: 'in' | 'out', element: Element): void
  /** Opens the account's console, or takes it over. Returns what it holds; what comes later is told in batches. */
  open(accountId: number, watcher: TrafficWatcher): readonly TrafficEntry[]
  /** Forgets everything. */
  close(accountId: number): void
  /** Forgets what was recorded so far, and goes on. */
  clear(accountId: number): void
  find(accountId: number, numbers: ReadonlySet<number>): readonly TrafficEntry[]
}

interface OpenConsole {
  watcher: TrafficWatcher
  entries: TrafficEntry[]
  characters: number
  lastNumber: number
  /** Not yet told. */
  fresh: TrafficEntry[]
  timer: NodeJS.Timeout | undefined
}

export function createTraffic(now: () => number): Traffic {
  const consoles = new Map<number, OpenConsole>()

  return {
    record(accountId, direction, element) {
      const console = consoles.get(accountId)
      if (console === undefined) return
      console.lastNumber += 1
      const entry = { number: console.lastNumber, direction, at: now(), ...describeElement(element) }
      keep(console, entry)
      console.fresh.push(entry)
      console.timer ??= setTimeout(tell, BATCH_MS, console)
    },
    open(accountId, watcher) {
      const console = consoles.get(accountId) ?? createConsole(watcher)
      consoles.set(accountId, console)
      forgetFresh(console)
      console.watcher = watcher
      return [...console.entries]
    },
    close(accountId) {
      const console = consoles.get(accountId)
      if (console !== undefined) forgetFresh(console)
      consoles.delete(accountId)
    },
    clear(accountId) {
      const console = consoles.get(accountId)
      if (console === undefined) return
      forgetFresh(console)
      Object.assign(console, { entries: [], characters: 0 })
    },
    find: (accountId, numbers) =>
      consoles.get(accountId)?.entries.filter(({ number }) => numbers.has(number)) ?? [],
  }
}

function createConsole(watcher: TrafficWatcher): OpenConsole {
  return { watcher, entries: [], characters: 0, lastNumber: 0, fresh: [], timer: undefined }
}

function keep(console: OpenConsole, entry: TrafficEntry): void {
  console.entries.push(entry)
  console.characters += entry.xml.length
  let gone = 0
  while (console.entries.length - gone > MAX_ENTRIES || console.characters > MAX_CHARACTERS) {
    console.characters -= console.entries[gone]?.xml.length ?? 0
    gone += 1
  }
  if (gone > 0) console.entries.splice(0, gone)
}

function tell(console: OpenConsole): void {
  const { fresh, watcher } = console
  forgetFresh(console)
  watcher(fresh)
}

function forgetFresh(console: OpenConsole): void {
  clearTimeout(console.timer)
  console.timer = undefined
  console.fresh = []
}

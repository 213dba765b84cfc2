/** The XML console of one account: what was recorded, what of it is shown, folded, held back. */
import { SvelteMap, SvelteSet } from 'svelte/reactivity'
import type { TrafficEntry } from '../../src-main/model/console.ts'
import { createTrafficMatcher, EVERYTHING, type TrafficFilter } from './traffic-filter.ts'

/** As many as the main process keeps. */
const MAX_ENTRIES = 10_000
const MAX_CHARACTERS = 16_000_000

export class ConsoleStore {
  #entries = $state.raw<readonly TrafficEntry[]>([])
  /** What came while it was paused. */
  #held = $state.raw<readonly TrafficEntry[]>([])
  paused = $state(false)
  filter = $state.raw<TrafficFilter>(EVERYTHING)
  /** Ids of stanzas sent from here, whose answers are marked. */
  readonly sentIds = new SvelteSet<string>()
  #allFolded = $state(false)
  /** Stanzas that are not as all are. */
  readonly #exceptions = new SvelteSet<number>()
  /** Folded lines inside a stanza, where the user changed them. */
  readonly #lines = new SvelteMap<number, ReadonlySet<number>>()
  readonly #matcher = $derived(createTrafficMatcher(this.filter))

  readonly shown = $derived(this.#entries.filter(this.#matcher))
  readonly count = $derived(this.#entries.length)
  readonly heldCount = $derived(this.#held.length)

  /** What the console holds when its window starts. */
  start(entries: readonly TrafficEntry[]): void {
    this.#entries = bounded(entries)
  }

  take(entries: readonly TrafficEntry[]): void {
    if (this.paused) this.#held = bounded([...this.#held, ...entries])
    else this.#entries = bounded([...this.#entries, ...entries])
  }

  pause(paused: boolean): void {
    this.paused = paused
    if (paused) return
    this.#entries = bounded([...this.#entries, ...this.#held])
    this.#held = []
  }

  clear(): void {
    this.#entries = []
    this.#held = []
    this.#exceptions.clear()
    this.#lines.clear()
  }

  isFolded(number: number): boolean {
    return this.#allFolded !== this.#exceptions.has(number)
  }

  fold(number: number, folded: boolean): void {
    if (folded === this.#allFolded) this.#exceptions.delete(number)
    else this.#exceptions.add(number)
  }

  get allFolded(): boolean {
    return this.#allFolded
  }

  foldAll(folded: boolean): void {
    this.#allFolded = folded
    this.#exceptions.clear()
  }

  /** Undefined: as they are at first. */
  foldedLines(number: number): ReadonlySet<number> | undefined {
    return this.#lines.get(number)
  }

  setFoldedLines(number: number, lines: ReadonlySet<number>): void {
    this.#lines.set(number, lines)
  }

  /** Whether it answers an iq that was written here. */
  isAnswer(entry: TrafficEntry): boolean {
    const isReply = entry.type === 'result' || entry.type === 'error'
    return entry.direction === 'in' && entry.kind === 'iq' && isReply && this.sentIds.has(entry.id)
  }
}

/** Beyond a bound the oldest go by so many at once: for each that comes, the list would move under the eye. */
const STEP = 500

/** The latest, in both bounds. */
function bounded(entries: readonly TrafficEntry[]): readonly TrafficEntry[] {
  let first = entries.length > MAX_ENTRIES + STEP ? entries.length - MAX_ENTRIES : 0
  let characters = 0
  for (let index = entries.length - 1; index >= first; index -= 1) {
    characters += entries[index]?.xml.length ?? 0
    if (characters > MAX_CHARACTERS) first = index + 1
  }
  return first === 0 ? entries : entries.slice(first)
}

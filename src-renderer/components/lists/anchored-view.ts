/**
 * The view onto a long list whose rows have any height: what is known of heights, what the eye is on, and the scrolling that
 * keeps it there. It knows the DOM of the list and nothing of what draws it.
 */
import { anchorToHold, type Anchor, type RowKey } from './anchors.ts'
import { offsetsOf, rowsToDraw, type DrawnRow } from './rows-in-sight.ts'

export type Align = 'start' | 'center' | 'end'

interface Row {
  readonly key: RowKey
}

/** A row on its way to its place in the view: that place decides until it was reached. */
interface Target {
  readonly key: RowKey
  readonly align: Align
}

/** The parts of the list in the document: the scroller, what stands above the rows, and the rows' parent. */
export interface ListParts {
  readonly viewport: HTMLElement
  readonly head: HTMLElement
  readonly body: HTMLElement
}

/** Pixels beyond the view that are drawn too. */
const AHEAD = 500
/** Closer to the end than this is at the end. */
const AT_END = 24

export class AnchoredView<T extends Row> {
  /** Once the list is in the document. */
  parts: ListParts | undefined
  atEnd: boolean
  readonly #estimate: (row: T) => number
  readonly #heights = new Map<RowKey, number>()
  #rows: readonly T[] = []
  #indexes = new Map<RowKey, number>()
  #offsets: Float64Array = new Float64Array(1)
  #drawn: readonly DrawnRow[] = []
  #anchors: readonly Anchor[] = []
  #target: Target | undefined
  /** At the end: the pixels that the reader left below. */
  #below = 0
  #scrolledTo = 0
  /** What the scroller, which knows whole pixels only, can't do: the rows are moved down by it. Less than 1. */
  #nudge = 0

  constructor(openAt: RowKey | undefined, estimate: (row: T) => number) {
    this.#estimate = estimate
    this.atEnd = openAt === undefined
    if (openAt !== undefined) this.#target = { key: openAt, align: 'start' }
  }

  /** Of these rows, which to draw; `always` are drawn wherever they are. */
  draw(rows: readonly T[], always: readonly RowKey[]): { rows: readonly DrawnRow[]; tail: number } {
    this.catchUp()
    if (rows !== this.#rows) {
      if (rows.at(-1)?.key !== this.#rows.at(-1)?.key) this.#below = 0
      this.#rows = rows
      this.#indexes = new Map(rows.map(({ key }, index) => [key, index]))
    }
    this.#offsets = offsetsOf(rows, (row) => this.#heights.get(row.key) ?? this.#estimate(row))
    const height = this.#height()
    const top = this.#modelTop(height)
    const kept = always.map((key) => this.#indexes.get(key) ?? -1)
    this.#drawn = rowsToDraw(this.#offsets, top - AHEAD, top + height + AHEAD, kept)
    const drawnUpTo = (this.#drawn.at(-1)?.index ?? -1) + 1
    return { rows: this.#drawn, tail: this.#total() - (this.#offsets[drawnUpTo] ?? 0) }
  }

  /** What was drawn is in the document: learns its heights. True when one was not as it was thought to be. */
  measure(): boolean {
    let changed = false
    this.#eachDrawn((key, element) => {
      const { height } = element.getBoundingClientRect()
      if (height === 0 || Math.abs((this.#heights.get(key) ?? -1) - height) < 0.01) return
      this.#heights.set(key, height)
      changed = true
    })
    if (this.#heights.size > this.#rows.length * 2 + 100) {
      for (const key of this.#heights.keys()) if (!this.#indexes.has(key)) this.#heights.delete(key)
    }
    return changed
  }

  /** Scrolls so that what the eye is on is where it was, or the target where it is wanted. */
  place(): void {
    const { parts } = this
    if (parts === undefined) return
    const { viewport } = parts
    if (this.#target === undefined && this.atEnd) {
      this.#scrollTo(viewport.scrollHeight - viewport.clientHeight - this.#below)
      return
    }
    const held = this.#target ?? this.#anchor()
    // The reader went further in one leap than rows were drawn: now there are some.
    if (held === undefined) return this.hold()
    const part = 'part' in held && held.part?.isConnected === true ? held.part : undefined
    const row = this.#elementOf(held.key)
    const element = part ?? (row && heldOf(row))
    if (element === undefined) return
    const wanted = 'align' in held ? this.#wantedTop(held, viewport.clientHeight) : held.top
    const off = this.#topOf(element) - wanted
    if (Math.abs(off) < 0.01) return
    this.#scrollTo(viewport.scrollTop - this.#nudge + off)
    // Beyond an end nothing can be held: it is where it is.
    if (this.#target === undefined && Math.abs(this.#topOf(element) - wanted) > 1) this.hold()
  }

  /** The reader scrolled a moment ago, and the event of it is still on the way: what is held moves along. */
  catchUp(): void {
    const moved = this.above() - this.#scrolledTo
    if (Math.abs(moved) < 1 || this.#target !== undefined) return
    // Up to the very end: the list became shorter than the place it was at, nobody scrolled.
    if (moved < 0 && this.below() < 1) return
    this.#scrolledTo += moved
    this.#below = this.below()
    if (!this.atEnd) {
      this.#anchors = this.#anchors.map((anchor) => ({ ...anchor, top: anchor.top - moved }))
    } else if (this.#below > AT_END) this.#leaveEnd()
  }

  /** Whether the reader scrolled, and not this; what is in sight then is what is held from now on. */
  scrolled(follow: boolean): boolean {
    const top = this.above()
    if (Math.abs(top - this.#scrolledTo) < 1 && this.#anchors.length > 0) return false
    this.#scrolledTo = top
    this.#target = undefined
    this.hold()
    this.#below = this.below()
    this.atEnd = follow && this.#below <= AT_END
    return true
  }

  /** Where the rows found their place: the end, once it is in sight, is followed. */
  arrived(follow: boolean): void {
    if (!follow) this.#leaveEnd()
    else if (!this.atEnd && this.#target === undefined && this.below() <= AT_END) {
      this.#below = this.below()
      this.atEnd = true
    }
  }

  /** The target, where there is one, was reached and drawn. */
  release(): boolean {
    if (this.#target === undefined) return false
    this.#target = undefined
    this.hold()
    return true
  }

  aim(key: RowKey, align: Align): void {
    this.#target = { key, align }
    this.atEnd = false
  }

  aimAtEnd(): void {
    this.#target = undefined
    this.#below = 0
    this.atEnd = true
  }

  /** From now on what is in sight stays where it is. */
  hold(): void {
    const height = this.#height()
    const found: Anchor[] = []
    this.#eachDrawn((key, element, index) => {
      const top = this.#topOf(heldOf(element))
      if (top + element.offsetHeight <= 0 || top >= height) return
      const part = element.offsetHeight > height ? this.#partInSight(element) : undefined
      const [before, after] = [this.#rows[index - 1]?.key, this.#rows[index + 1]?.key]
      found.push({ key, top: part === undefined ? top : this.#topOf(part), part, before, after })
    })
    // A row that is cut off is less of a hold than the next one.
    const [first, second] = found
    const isCut = first !== undefined && first.part === undefined && first.top < 0 && second !== undefined
    this.#anchors = isCut ? [...found.slice(1), first] : found
  }

  /** What would bring all of a row into sight; undefined when it is. */
  nearestWay(key: RowKey): Align | undefined {
    const element = this.#elementOf(key)
    if (element === undefined) {
      const top = this.#offsetOf(key) + this.#headHeight()
      return top < this.#scrolledTo ? 'start' : 'end'
    }
    const top = this.#topOf(element)
    if (top < 0) return 'start'
    return top + element.offsetHeight > this.#height() ? 'end' : undefined
  }

  above(): number {
    return this.parts?.viewport.scrollTop ?? 0
  }

  below(): number {
    if (this.parts === undefined) return 0
    const { scrollHeight, scrollTop, clientHeight } = this.parts.viewport
    return scrollHeight - scrollTop - clientHeight
  }

  has(key: RowKey): boolean {
    return this.#indexes.has(key)
  }

  /** At the end nothing else was held. */
  #leaveEnd(): void {
    if (!this.atEnd) return
    this.atEnd = false
    this.hold()
  }

  #scrollTo(top: number): void {
    if (this.parts === undefined) return
    const { viewport, body } = this.parts
    viewport.scrollTop = Math.ceil(top)
    this.#scrolledTo = viewport.scrollTop
    const rest = this.#scrolledTo - top
    this.#nudge = rest > 0 && rest < 1 ? rest : 0
    body.style.setProperty('margin-block-start', `${this.#nudge}px`)
  }

  /** Where the view begins among the rows, if heights are as they are thought to be. */
  #modelTop(height: number): number {
    const target = this.#target
    if (target !== undefined) return this.#offsetOf(target.key) - this.#wantedTop(target, height)
    if (this.atEnd) return this.#total() - height
    const anchor = this.#anchor()
    if (anchor === undefined) return this.#scrolledTo - this.#headHeight()
    const element = anchor.part === undefined ? undefined : this.#elementOf(anchor.key)
    return this.#offsetOf(anchor.key) - (element === undefined ? anchor.top : this.#topOf(element))
  }

  #wantedTop({ key, align }: Target, height: number): number {
    if (align === 'start') return 0
    const index = this.#indexes.get(key) ?? 0
    const own = (this.#offsets[index + 1] ?? 0) - (this.#offsets[index] ?? 0)
    // Of what is higher than the view the beginning is wanted.
    return Math.max(0, align === 'end' ? height - own : (height - own) / 2)
  }

  #anchor(): Anchor | undefined {
    return anchorToHold(this.#anchors, (key) => this.#indexes.get(key))
  }

  #eachDrawn(look: (key: RowKey, element: HTMLElement, index: number) => void): void {
    const elements = this.parts?.body.children
    if (elements === undefined) return
    this.#drawn.forEach(({ index }, nth) => {
      const [key, element] = [this.#rows[index]?.key, elements[nth]]
      if (key !== undefined && element instanceof HTMLElement) look(key, element, index)
    })
  }

  #elementOf(key: RowKey): HTMLElement | undefined {
    const index = this.#indexes.get(key)
    const nth = this.#drawn.findIndex((row) => row.index === index)
    const element = nth < 0 ? undefined : this.parts?.body.children[nth]
    return element instanceof HTMLElement ? element : undefined
  }

  #partInSight(element: HTMLElement): Element | undefined {
    return [...element.querySelectorAll('[data-part]')].find(
      (part) => this.#topOf(part) + part.getBoundingClientRect().height > 0,
    )
  }

  /** From the top of the view. */
  #topOf(element: Element): number {
    return element.getBoundingClientRect().top - (this.parts?.viewport.getBoundingClientRect().top ?? 0)
  }

  #offsetOf(key: RowKey): number {
    return this.#offsets[this.#indexes.get(key) ?? 0] ?? 0
  }

  #total(): number {
    return this.#offsets.at(-1) ?? 0
  }

  /** Before it is in the document: at most as high as the window. */
  #height(): number {
    return this.parts?.viewport.clientHeight ?? innerHeight
  }

  #headHeight(): number {
    return this.parts?.head.offsetHeight ?? 0
  }
}

/** What of a row is held: what it marks as its body, for the room above that may change with the row before. */
function heldOf(row: HTMLElement): Element {
  return row.querySelector('[data-held]') ?? row
}

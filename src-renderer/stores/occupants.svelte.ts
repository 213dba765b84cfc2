/** Who is in the room on screen: asked once, then kept by what is told of changes. */
import type { AppEvents } from '../../src-main/model/events.ts'
import type { Occupant } from '../../src-main/model/room.ts'
import { OccupantOrder } from './occupant-order.ts'
import type { OccupantLine, OrderedOccupants } from './occupant-rows.ts'

export class OccupantStore {
  phase = $state<'loading' | 'ready' | 'failed'>('loading')
  readonly #order = new OccupantOrder()
  #version = $state(0)
  /** What is told while the answer is on its way came before it was made, or comes again. */
  #asked = 0

  constructor(private readonly conversationId: number) {}

  get size(): number {
    void this.#version
    return this.#order.size
  }

  /** Whoever reads depends on all of it. */
  get groups(): OrderedOccupants {
    void this.#version
    return this.#order.groups
  }

  find(nick: string): Occupant | undefined {
    void this.#version
    return this.#order.find(nick)?.occupant
  }

  /** Unordered; whoever reads depends on all of it. */
  all(): Iterable<OccupantLine> {
    void this.#version
    return this.#order.all()
  }

  async open(ask: () => Promise<readonly Occupant[]>): Promise<void> {
    const round = ++this.#asked
    this.phase = 'loading'
    try {
      const occupants = await ask()
      if (round !== this.#asked) return
      this.#order.clear()
      this.#change([], occupants)
      this.phase = 'ready'
    } catch {
      if (round === this.#asked) this.phase = 'failed'
    }
  }

  change({ conversationId, replaced, upserted, removed }: AppEvents['occupants.changed']): void {
    if (conversationId !== this.conversationId) return
    if (replaced) this.#order.clear()
    this.#change(removed, upserted)
  }

  #change(gone: readonly string[], come: readonly Occupant[]): void {
    this.#order.change(gone, come)
    this.#version += 1
  }
}

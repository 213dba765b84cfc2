/** What happened in the room on screen: asked once, then kept by what is told. */
import type { AppEvents } from '../../src-main/model/events.ts'
import type { Happening } from '../../src-main/model/room-log.ts'

/** As many as the other side keeps. */
const MOST_KEPT = 300

export class RoomLogStore {
  happenings = $state.raw<readonly Happening[]>([])

  constructor(private readonly conversationId: number) {}

  async open(ask: () => Promise<readonly Happening[]>): Promise<void> {
    try {
      this.#take(await ask())
    } catch {
      // What comes is told all the same.
    }
  }

  add({ conversationId, happenings }: AppEvents['room.happened']): void {
    if (conversationId === this.conversationId) this.#take(happenings)
  }

  /** What was told while the answer was on its way may be in both. */
  #take(happenings: readonly Happening[]): void {
    const byId = new Map([...this.happenings, ...happenings].map((happening) => [happening.id, happening]))
    this.happenings = [...byId.values()].sort((one, other) => one.id - other.id).slice(-MOST_KEPT)
  }
}

/** Who has read how far in the room on screen. */
import type { AppEvents } from '../../src-main/model/events.ts'
import type { RoomReader } from '../../src-main/model/room-readers.ts'

const NOBODY: readonly RoomReader[] = []

export class RoomReadersStore {
  #byMessage = $state.raw<ReadonlyMap<number, readonly RoomReader[]>>(new Map())
  /** What is told while the answer is on its way is newer. */
  #isTold = false

  constructor(private readonly conversationId: number) {}

  /** Up to this message, and no further. */
  of(messageId: number): readonly RoomReader[] {
    return this.#byMessage.get(messageId) ?? NOBODY
  }

  async open(ask: () => Promise<readonly RoomReader[]>): Promise<void> {
    try {
      this.#isTold = false
      const readers = await ask()
      if (!this.#wasTold()) this.#take(readers)
    } catch {
      // What comes is told all the same.
    }
  }

  change({ conversationId, readers }: AppEvents['room.readersChanged']): void {
    if (conversationId !== this.conversationId) return
    this.#isTold = true
    this.#take(readers)
  }

  #wasTold(): boolean {
    return this.#isTold
  }

  #take(readers: readonly RoomReader[]): void {
    const byMessage = new Map<number, readonly RoomReader[]>()
    for (const reader of readers) {
      byMessage.set(reader.messageId, [...(byMessage.get(reader.messageId) ?? []), reader])
    }
    this.#byMessage = byMessage
  }
}

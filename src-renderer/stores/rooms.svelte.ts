/** The rooms: how we stand in each, and who types there. Their messages and occupants are loaded where they are shown. */
import type { AppEvent } from '../../src-main/contract/events.ts'
import type { AppState } from '../../src-main/contract/snapshot.ts'
import type { AppEvents } from '../../src-main/model/events.ts'
import type { Conversation } from '../../src-main/model/conversation.ts'
import type { Room } from '../../src-main/model/room.ts'

export type VoiceRequest = AppEvents['room.voiceRequested']

export class RoomStore {
  #byId = $state.raw<ReadonlyMap<number, Room>>(new Map())
  #typing = $state.raw<ReadonlyMap<number, readonly string[]>>(new Map())
  /** Who wants to be heard, or to belong, in rooms where that is ours to decide. */
  voiceRequests = $state.raw<readonly VoiceRequest[]>([])
  list = $derived([...this.#byId.values()])

  find(conversationId: number | undefined): Room | undefined {
    return conversationId === undefined ? undefined : this.#byId.get(conversationId)
  }

  with(accountId: number, jid: string): Room | undefined {
    return this.list.find((room) => room.accountId === accountId && room.jid === jid)
  }

  /** Nicks. */
  typingIn(conversationId: number): readonly string[] {
    return this.#typing.get(conversationId) ?? []
  }

  /** How many unread messages of a conversation call for the user: in rooms as the user wants it. */
  callingCount({ id, unreadCount, mutedUntil }: Conversation): number {
    const room = this.#byId.get(id)
    if (mutedUntil !== undefined || room?.notify === 'none') return 0
    return room?.notify === 'mentions' ? Math.min(room.mentions, unreadCount) : unreadCount
  }

  voiceRequestsIn(conversationId: number): readonly VoiceRequest[] {
    return this.voiceRequests.filter((request) => request.conversationId === conversationId)
  }

  /** It was answered here, or waved away. */
  dropVoiceRequest({ conversationId, kind, nick }: VoiceRequest): void {
    this.voiceRequests = this.voiceRequests.filter(
      (one) => one.conversationId !== conversationId || one.kind !== kind || one.nick !== nick,
    )
  }

  start({ rooms }: AppState): void {
    this.#byId = new Map(rooms.map((room) => [room.conversationId, room]))
    this.#typing = new Map()
    this.voiceRequests = []
  }

  apply(event: AppEvent): void {
    switch (event.name) {
      case 'room.changed':
        this.#put(event.payload.room)
        break
      case 'room.removed':
      case 'conversation.removed':
        this.#drop(event.payload.conversationId)
        break
      case 'room.typingChanged':
        this.#typing = new Map(this.#typing).set(event.payload.conversationId, event.payload.nicks)
        break
      case 'room.voiceRequested':
        this.dropVoiceRequest(event.payload)
        this.voiceRequests = [...this.voiceRequests, event.payload].slice(-MOST_REQUESTS)
        break
      case 'account.removed':
        this.#byId = new Map([...this.#byId].filter(([, one]) => one.accountId !== event.payload.accountId))
        break
    }
  }

  #put(room: Room): void {
    this.#byId = new Map(this.#byId).set(room.conversationId, room)
    if (room.phase === 'in') return
    // Who is out hears of nobody.
    if (this.#typing.has(room.conversationId)) this.#typing = without(this.#typing, room.conversationId)
    this.voiceRequests = this.voiceRequests.filter((one) => one.conversationId !== room.conversationId)
  }

  #drop(conversationId: number): void {
    if (!this.#byId.has(conversationId)) return
    this.#byId = without(this.#byId, conversationId)
    this.#typing = without(this.#typing, conversationId)
  }
}

/** A room full of visitors is no reason to fill the window. */
const MOST_REQUESTS = 50

function without<V>(map: ReadonlyMap<number, V>, key: number): ReadonlyMap<number, V> {
  return new Map([...map].filter(([one]) => one !== key))
}

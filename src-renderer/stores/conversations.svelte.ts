/** The conversations, newest first. */
import type { AppEvent } from '../../src-main/contract/events.ts'
import type { AppState } from '../../src-main/contract/snapshot.ts'
import type { Conversation } from '../../src-main/model/conversation.ts'

export class ConversationStore {
  #byId = $state.raw<ReadonlyMap<number, Conversation>>(new Map())

  list = $derived([...this.#byId.values()].sort((a, b) => b.activeAt - a.activeAt || b.id - a.id))
  unreadCount = $derived(this.list.reduce((sum, conversation) => sum + conversation.unreadCount, 0))

  readonly #activeAt = $derived(
    new Map(this.list.map((one) => [`${one.accountId} ${one.counterpart}`, one.activeAt])),
  )

  find(conversationId: number | undefined): Conversation | undefined {
    return conversationId === undefined ? undefined : this.#byId.get(conversationId)
  }

  with(accountId: number, jid: string): Conversation | undefined {
    return this.list.find((one) => one.accountId === accountId && one.counterpart === jid)
  }

  /** Epoch milliseconds; 0 where there is no conversation with the address. */
  activeAt(accountId: number, jid: string): number {
    return this.#activeAt.get(`${accountId} ${jid}`) ?? 0
  }

  /** Also what a command answered: its event may still be on the way. */
  put(conversation: Conversation): void {
    this.#byId = new Map(this.#byId).set(conversation.id, conversation)
  }

  start(state: AppState): void {
    this.#byId = new Map(state.conversations.map((conversation) => [conversation.id, conversation]))
  }

  apply(event: AppEvent): void {
    if (event.name === 'conversation.changed') this.put(event.payload.conversation)
    else if (event.name === 'conversation.removed') {
      const { conversationId } = event.payload
      this.#keep((conversation) => conversation.id !== conversationId)
    } else if (event.name === 'account.removed') {
      const { accountId } = event.payload
      this.#keep((conversation) => conversation.accountId !== accountId)
    }
  }

  #keep(wanted: (conversation: Conversation) => boolean): void {
    this.#byId = new Map([...this.#byId].filter(([, conversation]) => wanted(conversation)))
  }
}

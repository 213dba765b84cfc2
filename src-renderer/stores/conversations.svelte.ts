/** The conversations: those that are pinned first, then the newest. */
import type { AppEvent } from '../../src-main/contract/events.ts'
import type { AppState } from '../../src-main/contract/snapshot.ts'
import type { Conversation } from '../../src-main/model/conversation.ts'

export class ConversationStore {
  #byId = $state.raw<ReadonlyMap<number, Conversation>>(new Map())

  /** The chat list shows this account alone; undefined: all of them. */
  filter = $state<number | undefined>(undefined)
  readonly #all = $derived([...this.#byId.values()].sort(byPlace))
  /** Without those that wait to be taken. */
  list = $derived(this.#all.filter(({ request }) => request !== true))
  /** Strangers began them, and the user has not taken them yet. */
  requests = $derived(this.#all.filter(({ request }) => request === true))
  readonly #listed = $derived(
    this.filter === undefined ? this.list : this.list.filter(({ accountId }) => accountId === this.filter),
  )
  /** What the chat list shows, and what was put away out of it. */
  shown = $derived(this.#listed.filter(({ putAwayAt }) => putAwayAt === undefined))
  putAway = $derived(this.#listed.filter(({ putAwayAt }) => putAwayAt !== undefined))
  readonly #activeAt = $derived(
    new Map(
      this.list
        .filter(({ kind }) => kind === 'chat')
        .map((one) => [`${one.accountId} ${one.counterpart}`, one.activeAt]),
    ),
  )

  find(conversationId: number | undefined): Conversation | undefined {
    return conversationId === undefined ? undefined : this.#byId.get(conversationId)
  }

  /** With a person: what is said in a room, or through one, is not said by its address. */
  with(accountId: number, jid: string): Conversation | undefined {
    return this.#all.find(
      (one) => one.kind === 'chat' && one.accountId === accountId && one.counterpart === jid,
    )
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
      if (this.filter === accountId) this.filter = undefined
      this.#keep((conversation) => conversation.accountId !== accountId)
    }
  }

  #keep(wanted: (conversation: Conversation) => boolean): void {
    this.#byId = new Map([...this.#byId].filter(([, conversation]) => wanted(conversation)))
  }
}

function byPlace(a: Conversation, b: Conversation): number {
  const pinned = Number(b.pinnedAt !== undefined) - Number(a.pinnedAt !== undefined)
  return pinned || b.activeAt - a.activeAt || b.id - a.id
}

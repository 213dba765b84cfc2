/** What the main window shows: a list, a conversation, one dialog at most. */
import type { AppEvent } from '../../src-main/contract/events.ts'
import type { Contact } from '../../src-main/model/contact.ts'
import type { Conversation } from '../../src-main/model/conversation.ts'
import type { View } from '../../src-main/model/events.ts'
import type { ImportChoice } from '../../src-main/model/people.ts'
import type { CommandItem } from '../../src-main/model/services.ts'
import type { XmppUri } from '../../src-main/model/xmpp-uri.ts'
import type { Client } from '../bridge.ts'
import type { ConversationStore } from './conversations.svelte.ts'

export type Pane = 'chats' | 'contacts' | 'inbox' | 'notices' | 'services'

/** What stands in the main area in place of a conversation. */
export type Page =
  | { readonly kind: 'contact'; readonly accountId: number; readonly jid: string }
  | {
      readonly kind: 'service'
      readonly accountId: number
      readonly jid: string
      readonly node?: string | undefined
    }
  | { readonly kind: 'single'; readonly messageId: number }
  | { readonly kind: 'notice'; readonly itemId: number }

/** What a single message that is to be written starts with. */
export interface ComposeStart {
  readonly accountId?: number
  readonly to?: string
  readonly subject?: string
  /** The message that it answers, and its words, which may be quoted. */
  readonly replyTo?: number
  readonly quote?: string
}

export type DialogState =
  | { readonly kind: 'add-contact'; readonly jid?: string; readonly name?: string }
  /** `from`: the group it stands under. */
  | { readonly kind: 'move-contact'; readonly contact: Contact; readonly from: string | undefined }
  | { readonly kind: 'rename-group'; readonly accountId: number; readonly group: string }
  | { readonly kind: 'import-roster'; readonly choice: Exclude<ImportChoice, { kind: 'cancelled' }> }
  | { readonly kind: 'remove-contact'; readonly contact: Contact }
  | { readonly kind: 'request'; readonly accountId: number; readonly jid: string }
  | { readonly kind: 'ask'; readonly accountId: number; readonly jid: string }
  | {
      readonly kind: 'end-subscription'
      readonly accountId: number
      readonly jid: string
      readonly which: 'revoke' | 'stop-seeing'
    }
  | { readonly kind: 'block'; readonly accountId: number; readonly address: string }
  | { readonly kind: 'block-list'; readonly accountId: number }
  | ({ readonly kind: 'compose' } & ComposeStart)
  | { readonly kind: 'link'; readonly uri: XmppUri }
  | { readonly kind: 'password'; readonly accountId: number }
  | { readonly kind: 'remove-account'; readonly accountId: number }
  | { readonly kind: 'command'; readonly accountId: number; readonly command: CommandItem }
  | { readonly kind: 'device-commands'; readonly accountId: number; readonly jid: string }
  | {
      readonly kind: 'register' | 'unregister' | 'gateway-contact'
      readonly accountId: number
      readonly jid: string
      readonly name: string
      readonly done?: () => void
    }
  | { readonly kind: 'status' }
  | { readonly kind: 'settings' }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'switcher' }

export class NavigationStore {
  pane = $state<Pane>('chats')
  conversationId = $state<number | undefined>(undefined)
  page = $state.raw<Page | undefined>(undefined)
  dialog = $state.raw<DialogState | undefined>(undefined)

  constructor(
    private readonly client: Client,
    private readonly conversations: ConversationStore,
  ) {}

  showConversation(conversationId: number | undefined): void {
    this.conversationId = conversationId
    this.page = undefined
    this.dialog = undefined
  }

  showPage(page: Page | undefined): void {
    this.page = page
    this.dialog = undefined
  }

  /** The conversation with an address, made where there is none. Throws BridgeError. */
  async conversationWith(accountId: number, jid: string): Promise<Conversation> {
    const known = this.conversations.with(accountId, jid)
    if (known !== undefined) return known
    const conversation = await this.client.invoke('conversation.open', { accountId, jid })
    this.conversations.put(conversation)
    return conversation
  }

  /** Throws BridgeError. */
  async openConversationWith(accountId: number, jid: string): Promise<void> {
    this.showConversation((await this.conversationWith(accountId, jid)).id)
  }

  showView(view: View): void {
    if (view.kind === 'conversation') {
      this.pane = 'chats'
      this.showConversation(view.conversationId)
    } else if (view.kind === 'inbox') {
      this.pane = 'inbox'
      if (view.messageId !== undefined) this.showPage({ kind: 'single', messageId: view.messageId })
    } else if (view.kind === 'link') this.dialog = { kind: 'link', uri: view.uri }
    else this.dialog = { kind: 'request', accountId: view.accountId, jid: view.jid }
  }

  apply(event: AppEvent): void {
    if (event.name === 'view.requested') this.showView(event.payload.view)
    if (event.name === 'account.removed') this.showConversation(undefined)
    if (event.name === 'single.removed' && this.#shows('single', event.payload.messageId))
      this.page = undefined
    if (event.name === 'feed.removed' && event.payload.itemIds.some((id) => this.#shows('notice', id))) {
      this.page = undefined
    }
    if (event.name === 'conversation.removed' && event.payload.conversationId === this.conversationId) {
      this.showConversation(undefined)
    }
  }

  #shows(kind: 'single' | 'notice', id: number): boolean {
    const { page } = this
    if (page?.kind === 'single') return kind === 'single' && page.messageId === id
    return page?.kind === 'notice' && kind === 'notice' && page.itemId === id
  }
}

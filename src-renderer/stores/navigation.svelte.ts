/** What the main window shows: a list, a conversation, one dialog at most. */
import type { AppEvent } from '../../src-main/contract/events.ts'
import type { Invitation } from '../../src-main/model/bookmarks.ts'
import type { Contact } from '../../src-main/model/contact.ts'
import type { Conversation } from '../../src-main/model/conversation.ts'
import type { AroundWhat } from '../../src-main/model/message.ts'
import type { View } from '../../src-main/model/events.ts'
import type { ImportChoice } from '../../src-main/model/people.ts'
import type { CommandItem } from '../../src-main/model/services.ts'
import type { XmppUri } from '../../src-main/model/xmpp-uri.ts'
import type { Client } from '../bridge.ts'
import type { CreationStart } from './account-creation.svelte.ts'
import type { ConversationStore } from './conversations.svelte.ts'
import type { SettingId, SettingsPage } from './settings-search.ts'

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

/** Where a dialog that joins a room begins. */
export interface JoinStart {
  readonly accountId?: number
  readonly jid?: string
  readonly password?: string
  readonly invitation?: Invitation
}

/** What is done with rooms. */
export type RoomDialogState =
  | ({ readonly kind: 'join-room' } & JoinStart)
  | { readonly kind: 'new-room' }
  | {
      readonly kind: 'room-details' | 'room-leave' | 'room-destroy'
      readonly conversationId: number
    }
  /** `jids`: who is proposed. */
  | { readonly kind: 'room-invite'; readonly conversationId: number; readonly jids?: readonly string[] }
  /** `jid`: of a ban, which is of the address. */
  | {
      readonly kind: 'occupant-kick' | 'occupant-ban'
      readonly conversationId: number
      readonly nick: string
      readonly jid?: string | undefined
    }
  | { readonly kind: 'moderate'; readonly messageId: number; readonly nick: string }

export type DialogState =
  | { readonly kind: 'export' | 'backup' | 'restore' }
  /** `preauth`: of the invitation that it follows. */
  | {
      readonly kind: 'add-contact'
      readonly accountId?: number
      readonly jid?: string
      readonly name?: string
      readonly preauth?: string | undefined
    }
  | { readonly kind: 'invite'; readonly accountId: number }
  | { readonly kind: 'roster-file'; readonly action: 'import' | 'export' }
  /** `from`: the group it stands under. */
  | { readonly kind: 'move-contact'; readonly contact: Contact; readonly from: string | undefined }
  /** `accountIds`: whose contacts are in it. */
  | { readonly kind: 'rename-group'; readonly accountIds: readonly number[]; readonly group: string }
  | {
      readonly kind: 'import-roster'
      readonly accountId: number
      readonly choice: Exclude<ImportChoice, { kind: 'cancelled' }>
    }
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
  | { readonly kind: 'block-stranger'; readonly accountId: number; readonly jid: string }
  | { readonly kind: 'block-list'; readonly accountId: number }
  | ({ readonly kind: 'compose' } & ComposeStart)
  | { readonly kind: 'link'; readonly uri: XmppUri }
  | {
      readonly kind: 'password' | 'connection' | 'certificate' | 'change-password' | 'delete-account'
      readonly accountId: number
    }
  | { readonly kind: 'remove-account'; readonly accountId: number }
  /** The account is new; a link that brought the user here is looked at `after`. */
  | { readonly kind: 'welcome'; readonly accountId: number; readonly after: DialogState | undefined }
  | { readonly kind: 'add-account'; readonly address?: string }
  | { readonly kind: 'create-account'; readonly start: CreationStart }
  | { readonly kind: 'command'; readonly accountId: number; readonly command: CommandItem }
  | { readonly kind: 'device-commands'; readonly accountId: number; readonly jid: string }
  | {
      readonly kind: 'register' | 'unregister' | 'gateway-contact'
      readonly accountId: number
      readonly jid: string
      readonly name: string
      readonly done?: () => void
    }
  | RoomDialogState
  /** `accountId`: of this account alone. */
  | { readonly kind: 'status'; readonly accountId?: number }
  | {
      readonly kind: 'settings'
      /** Of the page of accounts: which one. */
      readonly accountId?: number
      readonly page?: SettingsPage
      readonly setting?: SettingId
    }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'about' | 'report' }
  | { readonly kind: 'switcher' }

export class NavigationStore {
  pane = $state<Pane>('chats')
  conversationId = $state<number | undefined>(undefined)
  page = $state.raw<Page | undefined>(undefined)
  dialog = $state.raw<DialogState | undefined>(undefined)
  #jump = $state.raw<{ readonly conversationId: number; readonly what: AroundWhat } | undefined>(undefined)

  constructor(
    private readonly client: Client,
    private readonly conversations: ConversationStore,
  ) {}

  showConversation(conversationId: number | undefined): void {
    this.#jump = undefined
    this.conversationId = conversationId
    this.page = undefined
    this.dialog = undefined
  }

  /** Shows a conversation at a message or a time. */
  showInConversation(conversationId: number, what: AroundWhat): void {
    this.showConversation(conversationId)
    this.#jump = { conversationId, what }
  }

  /** Where a conversation is to be shown; each object is one wish. */
  jumpIn(conversationId: number): { readonly what: AroundWhat } | undefined {
    return this.#jump?.conversationId === conversationId ? this.#jump : undefined
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
    } else if (view.kind === 'chats') {
      this.pane = 'chats'
      this.dialog = undefined
    } else if (view.kind === 'inbox') {
      this.pane = 'inbox'
      if (view.messageId !== undefined) this.showPage({ kind: 'single', messageId: view.messageId })
    } else if (view.kind === 'account') {
      this.dialog = { kind: 'settings', page: 'accounts', accountId: view.accountId }
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

  /** The step after an account was made. */
  welcome(accountId: number): void {
    const after = this.dialog?.kind === 'link' ? this.dialog : undefined
    this.dialog = { kind: 'welcome', accountId, after }
  }

  #shows(kind: 'single' | 'notice', id: number): boolean {
    const { page } = this
    if (page?.kind === 'single') return kind === 'single' && page.messageId === id
    return page?.kind === 'notice' && kind === 'notice' && page.itemId === id
  }
}

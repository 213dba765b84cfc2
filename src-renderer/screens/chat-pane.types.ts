/** What the conversation view needs from the window around it; the screen that shows it connects these to the bridge. */
import type { Snippet } from 'svelte'
import type { AppEvents } from '../../src-main/model/events.ts'
import type { LinkCard } from '../../src-main/model/links.ts'
import type { Happening } from '../../src-main/model/room-log.ts'
import type { Occupant } from '../../src-main/model/room.ts'
import type { MessageAction } from '../components/message/message-actions.ts'
import type { DeedActions } from '../components/actions/deeds-context.ts'
import type { ScheduleActions, SendExtras } from '../components/schedule/schedule.types.ts'
import type { ChatState } from '../../src-main/model/receipts.ts'
import type { OlderHistory } from '../../src-main/model/archive.ts'
import type { AroundWhat, Message, MessageKey, MessagePage } from '../../src-main/model/message.ts'

type MessageEvent =
  'message.added' | 'message.changed' | 'message.removed' | 'archive.added' | 'archive.gapsChanged'

export interface ChatActions {
  /** `conversation.page` of this conversation; rejects when it fails. */
  readonly page: (from: {
    before?: MessageKey
    after?: MessageKey
    around?: AroundWhat
    limit: number
  }) => Promise<MessagePage>
  /** `archive.fetchOriginal`; rejects when it fails. */
  readonly fetchOriginal?: (messageId: number) => Promise<number | undefined>
  /** `archive.loadOlder` of this conversation; rejects when it fails. */
  readonly loadOlder: (before?: MessageKey) => Promise<OlderHistory>
  readonly markRead: () => void
  readonly saveDraft: (draft: string) => void
  /** Resolves once the message is stored; rejects when it was not: the composer then keeps the words. */
  readonly send: (body: string, extras?: SendExtras) => Promise<void>
  /** Replaces the words of an own message; as `send`. Absent where this can't be done. */
  readonly correct?: ((messageId: number, body: string) => Promise<void>) | undefined
  /** What can be done with messages that are here. */
  readonly deeds: DeedActions
  /** What the user does here now (XEP-0085); told to whom it concerns. */
  readonly setChatState: (state: ChatState) => void
  readonly setPinned: (messageId: number, pinned: boolean) => void
  /** The one pinned last first; rejects when it fails. */
  readonly listPinned: () => Promise<readonly Message[]>
  /** Opens the dialog to choose to whom. */
  readonly forward?: ((messages: readonly Message[]) => void) | undefined
  /** Asks a page for its description; null when it says nothing. Absent where none is offered. */
  readonly describeLink?: ((url: string) => Promise<LinkCard | null>) | undefined
  readonly retry: (messageId: number) => void
  readonly discard: (messageId: number) => void
  readonly openLink: (url: string) => void
  readonly copyText: (text: string) => void
  /** Messages of all conversations; the pane picks its own. Returns its unsubscribe. */
  readonly on: <N extends MessageEvent>(name: N, listener: (payload: AppEvents[N]) => void) => () => void
  /** Each of these shows only where it is given. */
  readonly schedule?: ScheduleActions | undefined
  readonly openOwnWindow?: (() => void) | undefined
  readonly writeSingle?: (() => void) | undefined
  readonly contactDetails?: (() => void) | undefined
  /** Searches in this conversation. */
  readonly search?: (() => void) | undefined
  readonly removeContact?: (() => void) | undefined
  readonly addContact?: (() => void) | undefined
  readonly block?: (() => void) | undefined
  readonly unblock?: (() => void) | undefined
  /** Back to the list, in a window too narrow for both. */
  readonly back?: (() => void) | undefined
}

/** What a conversation in a room, or through one, has in the places of its own parts. */
export interface RoomParts {
  readonly header: Snippet<[jumpToDate: (() => void) | undefined]>
  /** In the place of the composer, while nothing can be said. */
  readonly closed: Snippet | undefined
  /** Stands above the composer. */
  readonly note: Snippet | undefined
  /** Said where nothing was said yet, and where it all began. */
  readonly emptyHint: string
  readonly beginning: string
  /** What happened between its messages. */
  readonly happenings: readonly Happening[]
  /** More that can be done with its messages. */
  readonly actions: readonly MessageAction[]
  /** Whom a message can speak to; absent where there is one alone. */
  readonly findMention: ((typed: string) => readonly Occupant[]) | undefined
}

/** Where the window wants the conversation to be shown; another object is another wish. */
export interface JumpWish {
  readonly what: AroundWhat
}

/** What the conversation view needs from the window around it; the screen that shows it connects these to the bridge. */
import type { AppEvents } from '../../src-main/model/events.ts'
import type { MessageKey, MessagePage } from '../../src-main/model/message.ts'

type MessageEvent = 'message.added' | 'message.changed' | 'message.removed'

export interface ChatActions {
  /** `conversation.page` of this conversation; rejects when it fails. */
  readonly page: (from: { before?: MessageKey; after?: MessageKey; limit: number }) => Promise<MessagePage>
  readonly markRead: () => void
  readonly saveDraft: (draft: string) => void
  /** Resolves once the message is stored; rejects when it was not: the composer then keeps the words. */
  readonly send: (body: string) => Promise<void>
  readonly retry: (messageId: number) => void
  readonly discard: (messageId: number) => void
  readonly openLink: (url: string) => void
  readonly copyText: (text: string) => void
  /** Messages of all conversations; the pane picks its own. Returns its unsubscribe. */
  readonly on: <N extends MessageEvent>(name: N, listener: (payload: AppEvents[N]) => void) => () => void
  /** Each of these shows only where it is given. */
  readonly openOwnWindow?: (() => void) | undefined
  readonly writeSingle?: (() => void) | undefined
  readonly contactDetails?: (() => void) | undefined
  readonly removeContact?: (() => void) | undefined
  readonly addContact?: (() => void) | undefined
  readonly block?: (() => void) | undefined
  readonly unblock?: (() => void) | undefined
  /** Back to the list, in a window too narrow for both. */
  readonly back?: (() => void) | undefined
}

/** What happens to an incoming message, in order. All storage calls for one message are one transaction. */
import type { ParsedMessage } from '../../protocol/message.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'
import type { Draft, IncomingStep } from './draft.ts'
import { dropWordless } from './drop-wordless.ts'
import { findConversation } from './find-conversation.ts'
import { ignoreRooms } from './ignore-rooms.ts'
import { keepNotice } from './keep-notice.ts'
import { keepSingle } from './keep-single.ts'
import { lockResource } from './lock-resource.ts'
import { markFailed } from './mark-failed.ts'
import { storeMessage } from './store-message.ts'

const steps: readonly IncomingStep[] = [
  ignoreRooms,
  markFailed,
  dropWordless,
  keepNotice,
  keepSingle,
  findConversation,
  storeMessage,
  lockResource,
]

/** Throws StorageError when the message could not be kept: it must then not be acknowledged. */
export function processIncoming(tools: Tools, link: Link, parsed: ParsedMessage): void {
  const draft: Draft = { link, parsed, announcements: [] }
  tools.storage.transaction(() => {
    steps.every((step) => step(draft, tools) === 'continue')
  })
  for (const announce of draft.announcements) announce()
}

/** What happens to an incoming message, in order. All storage calls for one message are one transaction. */
import type { ParsedMessage } from '../../protocol/message.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'
import type { Draft, IncomingStep } from './draft.ts'
import { dropUnwanted } from './drop-unwanted.ts'
import { findConversation } from './find-conversation.ts'
import { markFailed } from './mark-failed.ts'
import { storeMessage } from './store-message.ts'

const steps: readonly IncomingStep[] = [markFailed, dropUnwanted, findConversation, storeMessage]

/** Throws StorageError when the message could not be kept: it must then not be acknowledged. */
export function processIncoming(tools: Tools, link: Link, parsed: ParsedMessage): void {
  const draft: Draft = { link, parsed, announcements: [] }
  tools.storage.transaction(() => {
    steps.every((step) => step(draft, tools) === 'continue')
  })
  for (const announce of draft.announcements) announce()
}

/**
 * What an occupant says whom the user does not want to hear: it is kept where it belongs, so that nothing seems to be
 * missing to the archive, and shown nowhere until the user wants to hear them again; so is what they react with. That they
 * type is not kept.
 */
import type { IncomingStep } from '../incoming/draft.ts'
import { keyOfAuthor } from './authors.ts'
import type { Draft } from '../incoming/draft.ts'

export const hideIgnored: IncomingStep = (draft, { storage }) => {
  if (!isIgnored(draft)) return 'continue'
  const { parsed, room, link, counterpart } = draft
  // Alone with them nothing hides a reaction.
  if (parsed.reactions !== undefined && room?.kind === 'private') return 'stop'
  // Nobody begins a conversation who is not heard.
  const isNew = room?.kind === 'private' && !storage.findConversationWith(link.accountId, counterpart)
  if (isNew) return 'stop'
  draft.hidden = true
  return 'continue'
}

export function isIgnored({ room, isOwn }: Pick<Draft, 'room' | 'isOwn'>): boolean {
  const { author, visit } = room ?? {}
  return author !== undefined && visit !== undefined && !isOwn && visit.ignored.has(keyOfAuthor(author))
}

/** A room further back, as the user scrolls: its archive is the one conversation, so there is nothing beside it. */
import type { OlderHistory } from '../../model/archive.ts'
import type { Conversation } from '../../model/conversation.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'
import { isUnknownId } from './catch-up.ts'
import { isEnd, takeBackward } from './courses.ts'
import { whenSynced } from './room-sync.ts'
import { roomSource } from './sources.ts'

const OLDER_PAGE = 100

/** One page. Rejects as Iq.request and storage do, and with UserError 'not-supported' while no archive is known. */
export async function loadOlderOfRoom(
  tools: Tools,
  link: Link,
  { id: conversationId, accountId }: Conversation,
): Promise<OlderHistory> {
  const visit = tools.rooms.ofConversation(conversationId)
  if (visit !== undefined) await whenSynced(visit)
  const source = visit && roomSource(tools, link, visit)
  const known = source?.find()
  if (source === undefined || known === undefined) throw userError('not-supported')
  if (known.fromStart) return { added: 0, more: false }
  const tellEnd = (): void => tools.events.emit('archive.gapsChanged', { accountId, conversationId })
  try {
    const page = await source.query({ page: { max: OLDER_PAGE, before: known.first.id ?? '' } })
    const added = link.closed ? 0 : await takeBackward(tools, link, source, page)
    if (isEnd(page)) tellEnd()
    return { added, more: !isEnd(page) }
  } catch (error) {
    if (!isUnknownId(error)) throw error
    // Archives forget their oldest first (XEP-0313 §3.2), so there is nothing before it any more either.
    source.put({ ...known, fromStart: true })
    tellEnd()
    return { added: 0, more: false }
  }
}

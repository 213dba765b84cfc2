/** A message that an answer is about and that is not here: the conversation is loaded back to it. */
import type { Conversation } from '../../model/conversation.ts'
import type { NewReply } from '../../storage/replies.types.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'
import { loadOlder } from './older.ts'

/** Some thousand messages: further back, nobody waits for it. */
const MOST_PAGES = 40

/** The row's id; undefined when the archive does not have it, or not within a sensible distance. */
export async function fetchOriginal(
  tools: Tools,
  link: Link,
  conversation: Conversation,
  reply: NewReply,
): Promise<number | undefined> {
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const found = tools.storage.findOriginal(conversation.id, reply)
    if (found !== undefined || link.closed) return found
    const { more } = await loadOlder(tools, link, conversation)
    if (!more) break
  }
  return tools.storage.findOriginal(conversation.id, reply)
}

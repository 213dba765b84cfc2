/** The same words to several people: all of it is stored, or nothing. */
import type { CheckedInput } from '../../contract/commands.ts'
import { openConversation } from '../conversations.ts'
import { storeOwn } from '../outgoing/compose.ts'
import type { Tools } from '../tools.ts'

/** Which accounts have something to send now. A person who is named twice gets it once. */
export function sendToMany(
  tools: Tools,
  { to, bodies, spoiler }: CheckedInput<'message.sendToMany'>,
): ReadonlySet<number> {
  const announcements: (() => void)[] = []
  const conversations = new Map(
    to.map((contact) => {
      const conversation = openConversation(tools, contact)
      return [conversation.id, conversation]
    }),
  )
  tools.storage.transaction(() => {
    for (const conversationId of conversations.keys()) {
      for (const body of bodies) {
        announcements.push(storeOwn(tools, { conversationId, body, spoiler }).announce)
      }
    }
  })
  for (const announce of announcements) announce()
  return new Set([...conversations.values()].map(({ accountId }) => accountId))
}

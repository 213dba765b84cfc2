/** XEP-0444 §4.1: by either party, to a message of either. The latest set of each holds. */
import { bareOf } from '../../model/jid.ts'
import type { Message } from '../../model/message.ts'
import type { Reactions } from '../../protocol/xep-0444-reactions.ts'
import type { Draft } from '../incoming/draft.ts'
import { findByRoomId } from '../rooms/deeds.ts'
import type { Tools } from '../tools.ts'
import { contextOf, type DeedContext } from './deed-context.ts'
import { keepWaiting } from './keep-waiting.ts'

/** What was held back longer is no news. */
const NEWS_MS = 60_000

export function applyReactions(draft: Draft, tools: Tools, { to, emoji }: Reactions): void {
  const { storage } = tools
  const context = contextOf(draft, tools)
  const { sender, who, author, writtenAt, place, ownId, settled } = context
  const target = findTarget(draft, tools, context, to)
  if (target === undefined) {
    const deed = { kind: 'reactions', sender: who, author, emoji, writtenAt, place, ownId } as const
    return keepWaiting(draft, tools, context, to, deed)
  }
  const before = storage.listReactions(target.id, who)
  const changed = storage.setReactions(target.id, { sender: who, author, emoji, place, ownId, settled })
  if (changed === undefined || draft.hidden === true) return
  const fresh = emoji.filter((one) => !before.includes(one))
  draft.changed.push(changed)
  draft.announcements.push(() => {
    if (fresh.length > 0 && isNews(draft, tools, changed)) {
      tools.events.emit('reaction.received', {
        message: changed,
        sender: bareOf(sender),
        ...(author === undefined ? {} : { author }),
        emoji: fresh,
      })
    }
  })
}

/** Where both gave the same id, what is reacted to is the other's rather than one's own. */
function findTarget(draft: Draft, tools: Tools, context: DeedContext, id: string): Message | undefined {
  const { conversationId, sender, counterpart } = context
  const { storage } = tools
  if (conversationId === undefined) return undefined
  if (draft.room?.kind === 'room') return findByRoomId(tools, conversationId, id)
  const own = draft.link.stream.ownBareJid
  const [first, second] = sender === own ? [counterpart, own] : [own, counterpart]
  return storage.findTarget(conversationId, first, id) ?? storage.findTarget(conversationId, second, id)
}

function isNews({ via, isOwn, stampMs }: Draft, { now }: Tools, { direction }: Message): boolean {
  return via === 'live' && !isOwn && direction === 'out' && now() - (stampMs ?? now()) < NEWS_MS
}

/** What a room says that is no message: its subject, that it was set up otherwise, who types, what a moderator took back. */
import { resourceOf } from '../../model/jid.ts'
import { isSubjectChange } from '../../protocol/xep-0045-muc/index.ts'
import type { Draft, IncomingStep } from '../incoming/draft.ts'
import type { Tools } from '../tools.ts'
import { announceRoom } from './describe.ts'
import { isIgnored } from './hide-ignored.ts'
import type { Visit } from './memory.ts'
import { subjectWasSet } from './subject.ts'
import { startTypingIn, stopTypingIn } from './typing.ts'

const MAX_SUBJECT = 4096

export const hearRoom: IncomingStep = (draft, tools) => {
  const { room, parsed, via } = draft
  if (room?.kind !== 'room') return 'continue'
  const { visit } = room
  if (isSubjectChange(parsed)) {
    if (via === 'live') takeSubject(draft, tools, visit, parsed.subject)
    return 'stop'
  }
  if (parsed.moderation !== undefined) return takeModeration(draft, tools, visit)
  if (via !== 'live') return 'continue'
  if (parsed.roomStatuses !== undefined) draft.announcements.push(() => visit.onChanged?.())
  if (!isIgnored(draft)) hearTyping(draft, tools, visit)
  return 'continue'
}

/** It comes once more after each coming in, and ends what came with it (§7.1). */
function takeSubject(
  { parsed, announcements }: Draft,
  { storage, ...tools }: Tools,
  visit: Visit,
  text: string,
): void {
  const { conversationId } = visit
  const subject = text.slice(0, MAX_SUBJECT)
  const by = resourceOf(parsed.from)
  const known = storage.findRoom(conversationId)
  announcements.push(() => visit.onSubject?.())
  subjectWasSet(visit, parsed.id, text)
  if (known === undefined || (known.subject === subject && (by ?? known.subjectBy) === known.subjectBy))
    return
  storage.setRoom(conversationId, { subject, subjectBy: by ?? null })
  announcements.push(() => announceRoom({ storage, ...tools }, conversationId))
}

/** §5 of XEP-0425: from the room itself, which the parser has seen to. The words are gone for everybody. */
function takeModeration(draft: Draft, { storage, now }: Tools, { conversationId }: Visit): 'stop' {
  const { moderation } = draft.parsed
  const target = moderation && storage.findByStanzaId(conversationId, moderation.stanzaId)
  if (moderation === undefined || target === undefined) return 'stop'
  const by = moderation.by && resourceOf(moderation.by)
  storage.setModerated(target.id, { ...(by === undefined ? {} : { by }), reason: moderation.reason })
  const changed = storage.retractMessage(target.id, draft.stampMs ?? now())
  if (changed !== undefined) draft.changed.push(changed)
  return 'stop'
}

function hearTyping(
  { parsed, room, isOwn, stampMs, announcements }: Draft,
  tools: Tools,
  visit: Visit,
): void {
  const nick = room?.author?.nick
  if (nick === undefined || isOwn || stampMs !== undefined) return
  const { chatState, body } = parsed
  const types = chatState === 'composing' && body === undefined
  if (types) announcements.push(() => startTypingIn(tools, visit, nick))
  else if (body !== undefined || chatState !== undefined) {
    announcements.push(() => stopTypingIn(tools, visit, nick))
  }
}

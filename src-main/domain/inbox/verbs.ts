/** Single messages (RFC 6121 type normal) and notices: headlines and errors that answer nothing: the user's verbs. */
import type { InboxState } from '../../model/inbox.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import type { InboxVerbs } from './verbs.types.ts'

export function createInboxVerbs(_tools: Tools, _sessions: Sessions): InboxVerbs {
  return {}
}

export function readInboxState(_tools: Tools): InboxState {
  return {}
}

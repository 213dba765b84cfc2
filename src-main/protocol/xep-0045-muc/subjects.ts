/** XEP-0045 §7.2.15, §8.1: what a room is about at the moment. */
import type { BareJid } from '../../model/jid.ts'
import { xml, type Element } from '../xml.ts'

/** What of a message decides it. */
interface Said {
  readonly type: string
  readonly body?: string
  readonly subject?: string
  readonly thread?: object
}

/**
 * Whether it says the room's subject: after the history on coming in, or because somebody changed it. With words or a
 * thread it is a message that has a subject (§8.1). It ends the coming in, once after our own presence (§7.1).
 */
export function isSubjectChange<M extends Said>(message: M): message is M & { readonly subject: string } {
  const { type, body, subject, thread } = message
  return type === 'groupchat' && subject !== undefined && body === undefined && thread === undefined
}

/** Empty: there is none any more. */
export function buildSubjectChange(room: BareJid, subject: string, id: string): Element {
  return xml('message', { to: room, type: 'groupchat', id }, xml('subject', {}, subject))
}

/** XEP-0045 §7.2.17: why a room was not entered, or a nick not changed. */
import { parseXmppUri } from '../../model/xmpp-uri.ts'
import { parseBareJid } from '../../model/jid.ts'
import type { JoinError, JoinErrorKind } from './muc.types.ts'
import { present } from '../stanza.ts'
import type { ParsedStanzaError, StanzaCondition } from '../stanza-error.ts'

const KINDS: Readonly<Partial<Record<StanzaCondition, JoinErrorKind>>> = {
  'not-authorized': 'password-required',
  forbidden: 'banned',
  'registration-required': 'members-only',
  conflict: 'nick-taken',
  'not-acceptable': 'nick-not-allowed',
  'jid-malformed': 'nick-malformed',
  'not-allowed': 'creation-restricted',
  'item-not-found': 'not-found-or-locked',
  'resource-constraint': 'full',
  'service-unavailable': 'unavailable',
  'remote-server-not-found': 'unreachable',
  'remote-server-timeout': 'unreachable',
}

/** Of the presence of type error that answers a join or a change of nick. */
export function joinErrorOf({ condition, type, text, uri }: ParsedStanzaError): JoinError {
  if (condition === 'gone') {
    const alternative = parseXmppUri(uri ?? '')?.jid ?? parseBareJid(uri ?? '')
    return { kind: 'gone', ...present('alternative', alternative), text }
  }
  // §7.2.9: a full room says the same as an address without rooms, but that it may be tried again.
  if (condition === 'service-unavailable' && type === 'wait') return { kind: 'full', text }
  const kind = KINDS[condition]
  return kind === undefined ? { kind: 'refused', condition, text } : { kind, text }
}

/** Why a message was not delivered, in words. Conditions are those of RFC 6120 §8.3.3. */
import type { TextKey } from '../../../src-main/text/text.ts'

const WORDS: Readonly<Record<string, TextKey>> = {
  'service-unavailable': 'chats.conditionUnavailable',
  'recipient-unavailable': 'chats.conditionUnavailable',
  'item-not-found': 'chats.conditionNotFound',
  'jid-malformed': 'chats.conditionNotFound',
  gone: 'chats.conditionNotFound',
  'remote-server-not-found': 'chats.conditionUnreachable',
  'remote-server-timeout': 'chats.conditionUnreachable',
  forbidden: 'chats.conditionRefused',
  'not-allowed': 'chats.conditionRefused',
  'policy-violation': 'chats.conditionRefused',
  blocked: 'availability.conditionYouBlocked',
  // XEP-0191 §3.5: what a server answers about an address that the user blocked.
  'not-acceptable': 'chats.conditionBlocked',
}

export function conditionKey(condition: string): TextKey {
  return Object.hasOwn(WORDS, condition)
    ? (WORDS[condition] ?? 'chats.conditionOther')
    : 'chats.conditionOther'
}

/** Why a message was not delivered, in words, for every condition of RFC 6120 §8.3.3. */
import type { TextKey } from '../../../src-main/text/text.ts'

const WORDS: Readonly<Record<string, TextKey>> = {
  // Ours: the server's <blocked/> beside the condition (XEP-0191 §3.3).
  blocked: 'availability.conditionYouBlocked',
  'bad-request': 'inbox.conditionBadRequest',
  conflict: 'inbox.conditionConflict',
  'feature-not-implemented': 'inbox.conditionNotImplemented',
  forbidden: 'inbox.conditionForbidden',
  gone: 'inbox.conditionGone',
  'internal-server-error': 'inbox.conditionFault',
  'item-not-found': 'inbox.conditionNotFound',
  'jid-malformed': 'inbox.conditionMalformed',
  // XEP-0191 §3.5: also what a server answers about an address that the user blocked.
  'not-acceptable': 'inbox.conditionNotAcceptable',
  'not-allowed': 'inbox.conditionNotAllowed',
  'not-authorized': 'inbox.conditionNotAuthorized',
  'policy-violation': 'inbox.conditionPolicy',
  'recipient-unavailable': 'inbox.conditionAway',
  redirect: 'inbox.conditionRedirect',
  'registration-required': 'inbox.conditionRegistration',
  'remote-server-not-found': 'inbox.conditionNoServer',
  'remote-server-timeout': 'inbox.conditionTimeout',
  'resource-constraint': 'inbox.conditionConstraint',
  'service-unavailable': 'inbox.conditionUnavailable',
  'subscription-required': 'inbox.conditionSubscription',
  'undefined-condition': 'inbox.conditionUndefined',
  'unexpected-request': 'inbox.conditionUnexpected',
}

export function conditionKey(condition: string): TextKey {
  return (Object.hasOwn(WORDS, condition) ? WORDS[condition] : undefined) ?? 'inbox.conditionUndefined'
}

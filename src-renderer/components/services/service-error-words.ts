/** Why a service refused (RFC 6120 §8.3.3), in words that fit a service. */
import type { UserErrorData } from '../../../src-main/contract/errors.ts'
import type { TextKey } from '../../../src-main/text/text.ts'
import { ERROR_WORDS } from '../../stores/problem-words.ts'

const CONDITIONS: Readonly<Record<string, TextKey>> = {
  'bad-request': 'services.errorBadRequest',
  conflict: 'services.errorConflict',
  'feature-not-implemented': 'services.errorNotAble',
  forbidden: 'services.errorNotAllowed',
  gone: 'services.errorNotFound',
  'internal-server-error': 'services.errorInternal',
  'item-not-found': 'services.errorNotFound',
  'jid-malformed': 'services.errorAddress',
  'not-acceptable': 'services.errorNotAcceptable',
  'not-allowed': 'services.errorNotAllowed',
  'not-authorized': 'services.errorNotAllowed',
  'policy-violation': 'services.errorNotAllowed',
  'recipient-unavailable': 'services.errorAway',
  'registration-required': 'services.errorRegister',
  'remote-server-not-found': 'services.errorNoServer',
  'remote-server-timeout': 'services.errorUnreachable',
  'resource-constraint': 'services.errorBusy',
  'service-unavailable': 'services.errorUnavailable',
  'subscription-required': 'services.errorRegister',
}

/** Takes `address`. */
export function serviceErrorKey({ code, condition = '' }: UserErrorData): TextKey {
  if (code === 'request-timeout') return 'services.errorTimeout'
  if (code === 'invalid-input' || code === 'invalid-address') return 'services.addressWrong'
  if (code !== 'refused-by-server') return ERROR_WORDS[code]
  return Object.hasOwn(CONDITIONS, condition)
    ? (CONDITIONS[condition] ?? 'services.errorRefused')
    : 'services.errorRefused'
}

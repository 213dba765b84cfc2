/** `<failure/>` of SASL (RFC 6120 §6.5; SASL2 has the same conditions) as a problem. */
import type { ProblemCode } from '../../model/account.ts'
import { StreamFailure } from '../errors.ts'
import { clip } from '../transport/problems.ts'
import type { Element } from '../xml.ts'

export const NS_SASL = 'urn:ietf:params:xml:ns:xmpp-sasl'

const CODES: Readonly<Record<string, ProblemCode>> = {
  'not-authorized': 'credentials',
  'credentials-expired': 'credentials',
  'invalid-authzid': 'credentials',
  'account-disabled': 'account-disabled',
  'invalid-mechanism': 'no-mechanism',
  'mechanism-too-weak': 'no-mechanism',
  'encryption-required': 'no-mechanism',
  // The server's trouble, not the password's: it is worth another try later.
  'temporary-auth-failure': 'network',
  aborted: 'protocol',
  'incorrect-encoding': 'protocol',
  'malformed-request': 'protocol',
}

export function saslFailure(failure: Element, mechanism: string): StreamFailure {
  const condition =
    failure
      .getChildElements()
      .find((child) => child.getName() !== 'text')
      ?.getName() ?? 'not-authorized'
  const text = failure.getChildText('text') ?? ''
  const detail = clip(`${mechanism}: ${condition}${text === '' ? '' : `: ${text}`}`)
  return new StreamFailure({ code: CODES[condition] ?? 'credentials', detail })
}

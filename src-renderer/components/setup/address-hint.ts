/** What the setup screen says below the address while it is typed. */
import type { Translate } from '../../../src-main/text/text.ts'
import type { AddressState } from '../../stores/sign-in-form.svelte.ts'

/** Undefined when there is nothing to say yet. */
export function addressHint(state: AddressState, t: Translate): string | undefined {
  if (state.kind === 'unchecked') return undefined
  if (state.kind === 'checking') return t('setup.checking', { domain: state.domain })
  const { domain, answer } = state
  if (answer.jid === undefined) return t('setup.addressInvalid')
  if (answer.reachable === undefined) return undefined
  if (!answer.reachable) return t('setup.unreachable', { domain })
  if (answer.tls === undefined) return t('setup.reachablePlain', { domain })
  const key = answer.transport === 'websocket' ? 'setup.reachableWebSocket' : 'setup.reachable'
  return t(key, { domain, tls: tlsName(answer.tls) })
}

/** `TLSv1.3`, as Node says it, in the words of people. */
export function tlsName(protocol: string): string {
  return protocol.replace(/^TLSv/, 'TLS ')
}

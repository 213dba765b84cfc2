/** How an account stands, in one line. */
import type { Account, ConnectionState } from '../../../src-main/model/account.ts'
import type { OwnPresence } from '../../../src-main/model/presence.ts'
import type { Translate } from '../../../src-main/text/text.ts'
import { domainPart } from '../../stores/address.ts'
import { PROBLEM_WORDS } from '../../stores/problem-words.ts'
import { tlsName } from '../setup/address-hint.ts'

export interface AccountLine {
  readonly text: string
  /** Something is wrong that the user can do something about. */
  readonly failed: boolean
}

/** `chosen`: the user's presence for this account. */
export function accountLine(
  t: Translate,
  { jid, enabled, retired }: Account,
  state: ConnectionState,
  chosen: OwnPresence['show'],
): AccountLine {
  const said = (text: string): AccountLine => ({ text, failed: false })
  if (retired) return said(t('accounts.stateRetired'))
  if (!enabled) return said(t('accounts.stateOff'))
  if (state.phase === 'online') {
    const key = state.transport === 'websocket' ? 'main.connectedByWebSocket' : 'main.connectedOver'
    return said(t(key, { tls: tlsName(state.tls), mechanism: state.mechanism }))
  }
  if (state.phase === 'connecting') return said(t('accounts.stateConnecting'))
  const problem = state.problem
  if (problem !== undefined && problem.code !== 'cancelled') {
    const domain = domainPart(jid)
    const { what, advice } = PROBLEM_WORDS[problem.code]
    if (state.phase === 'waiting') {
      return { text: t('accounts.stateWaiting', { what: t(what, { domain }) }), failed: true }
    }
    return {
      text: t('errors.withAdvice', { what: t(what, { domain }), advice: t(advice, { domain }) }),
      failed: true,
    }
  }
  return said(t(chosen === 'offline' ? 'accounts.stateOfflineByChoice' : 'main.notConnected'))
}

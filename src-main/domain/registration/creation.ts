/** Making an account on a server (XEP-0077): one at a time, from the server's form to its answer. Signing in comes after. */
import type { CheckedInput } from '../../contract/commands.ts'
import { domainOf, parseJid, localOf } from '../../model/jid.ts'
import type { Registration } from '../../model/services.ts'
import { StanzaError } from '../../protocol/errors.ts'
import type { OpenRegistration } from '../../protocol/transport/registering.ts'
import { connectionOf } from '../connection.ts'
import type { Tools } from '../tools.ts'
import { asUserError, problemOf, signInFailed, userError } from '../user-errors.ts'

export interface Creation {
  /**
   * Throws UserError: 'invalid-address', 'not-supported' where it gives no accounts, 'invitation-refused', 'sign-in-failed'
   * with the problem.
   */
  begin(input: CheckedInput<'registration.begin'>): Promise<Registration>
  /** Throws as submit does. */
  renew(): Promise<Registration>
  /** Throws UserError: 'refused-by-server', or 'offline' when the server has hung up meanwhile. */
  submit(input: CheckedInput<'registration.submit'>): Promise<void>
  cancel(): void
}

/** What a server says that lets nobody in by this way. */
const CLOSED = [
  'service-unavailable',
  'feature-not-implemented',
  'not-allowed',
  'forbidden',
  'item-not-found',
]

/** To a token that was never given, or has run out (XEP-0445 §4). */
const REFUSED_TOKEN = ['item-not-found', 'forbidden', 'not-acceptable']

export function createCreation(tools: Pick<Tools, 'openRegistration' | 'log'>): Creation {
  let current: AbortController | undefined
  let open: OpenRegistration | undefined

  function cancel(): void {
    current?.abort()
    open?.close()
    current = undefined
    open = undefined
  }

  async function begin({
    server,
    proxyPassword,
    preauth,
    ...where
  }: CheckedInput<'registration.begin'>): Promise<Registration> {
    const jid = parseJid(server)
    if (jid === undefined || localOf(jid) !== '' || domainOf(jid) !== jid) throw userError('invalid-address')
    cancel()
    const mine = new AbortController()
    current = mine
    const { signal } = mine
    const request = { domain: domainOf(jid), ...connectionOf(where), proxyPassword, preauth, signal }
    try {
      const opened = await tools.openRegistration(request)
      // Somebody else may have begun, or nobody wants it any more.
      if (mine.signal.aborted) opened.close()
      else open = opened
      return opened.registration
    } catch (error) {
      throw beginError(tools, error, preauth !== undefined)
    }
  }

  /** Another try is on the same stream, as long as the server listens. */
  async function onStream<T>(ask: (stream: OpenRegistration) => Promise<T>): Promise<T> {
    if (open === undefined) throw userError('offline')
    try {
      return await ask(open)
    } catch (error) {
      if (!(error instanceof StanzaError)) cancel()
      throw asUserError(error)
    }
  }

  async function submit({ kind, answers }: CheckedInput<'registration.submit'>): Promise<void> {
    await onStream((stream) => stream.submit(kind, answers))
    cancel()
  }

  return { begin, renew: () => onStream((stream) => stream.renew()), submit, cancel }
}

function beginError({ log }: Pick<Tools, 'log'>, error: unknown, isInvited: boolean): unknown {
  if (error instanceof StanzaError) {
    if (isInvited && REFUSED_TOKEN.includes(error.condition))
      return userError('invitation-refused', error.message)
    return CLOSED.includes(error.condition) ? userError('not-supported', error.message) : asUserError(error)
  }
  const problem = problemOf(error)
  log('domain/creation', 'info', 'failed', { code: problem.code, detail: problem.detail })
  return signInFailed(problem)
}

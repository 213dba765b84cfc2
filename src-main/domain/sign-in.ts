/** Signing in from the setup screen: connects first; the account gets its row once its contacts are here. */
import type { CheckedInput } from '../contract/commands.ts'
import type { Account, ConnectionProblem } from '../model/account.ts'
import type { BareJid } from '../model/jid.ts'
import { StanzaError, StreamFailure } from '../protocol/errors.ts'
import { checkKeyring, createResource, findAccountOf, parseAccountAddress } from './accounts.ts'
import { whereOf } from './connections/ways.ts'
import { createLooseTokens, createTokens, type LooseTokens } from './fast-tokens.ts'
import { createLink, type Link } from './link.ts'
import { leaveOffline } from './own-presence.ts'
import { requestRoster } from './roster.ts'
import type { Sessions } from './sessions.ts'
import type { Tools } from './tools.ts'
import { problemOf, signInFailed, userError } from './user-errors.ts'

export interface SignIn {
  /** Throws UserError: 'invalid-address', 'keyring-unprotected', 'sign-in-failed', 'disk-full'. */
  start(input: CheckedInput<'account.signIn'>): Promise<Account>
  /** At any step; nothing is left behind. */
  cancel(): void
}

type Input = CheckedInput<'account.signIn'>

/** What one try to sign in is about. */
interface Attempt {
  readonly input: Input
  readonly jid: BareJid
  readonly resource: string
  readonly existing: Account | undefined
  readonly tokens: LooseTokens
  readonly signal: AbortSignal
}

export function createSignIn(tools: Tools, sessions: Sessions): SignIn {
  let current: AbortController | undefined

  async function start(input: Input): Promise<Account> {
    const jid = parseAccountAddress(input.address)
    if (jid === undefined) throw userError('invalid-address')
    checkKeyring(tools, input)
    current?.abort()
    const controller = new AbortController()
    current = controller
    const existing = findAccountOf(tools, jid)
    const resource = input.resource ?? existing?.resource ?? createResource(tools.random)
    try {
      const attempt = { input, jid, resource, existing, tokens: createLooseTokens() }
      return await run(tools, sessions, { ...attempt, signal: controller.signal })
    } finally {
      if (current === controller) current = undefined
    }
  }

  return { start, cancel: () => current?.abort() }
}

/** A session of the same account makes room, and comes back when this fails. */
async function run(tools: Tools, sessions: Sessions, attempt: Attempt): Promise<Account> {
  const session = attempt.existing && sessions.of(attempt.existing)
  const wasActive = session !== undefined && session.state().phase !== 'offline'
  if (session !== undefined) await session.stop()
  try {
    const link = await openLink(tools, attempt)
    return keepAccount(tools, sessions, attempt, link)
  } catch (error) {
    if (wasActive) session.connect()
    throw error
  }
}

async function openLink(tools: Tools, attempt: Attempt): Promise<Link> {
  let link: Link | undefined
  try {
    link = await connect(tools, attempt)
    tools.events.emit('signIn.progressed', { step: 'loading-contacts' })
    link.fetchedRoster = await unlessAborted(attempt.signal, fetchContacts(link))
    return link
  } catch (error) {
    const problem = problemFrom(attempt, error, link)
    void link?.close()
    tools.log('domain/sign-in', 'info', 'failed', { code: problem.code, detail: problem.detail })
    throw signInFailed(problem)
  }
}

async function connect(tools: Tools, attempt: Attempt): Promise<Link> {
  const { input, jid, resource, existing, tokens, signal } = attempt
  if (signal.aborted) throw new StreamFailure({ code: 'cancelled' })
  const { password } = input
  const opening = tools.connect({
    ...{ jid, password, resource, tokens, ...whereOf(tools, jid, input), signal },
    currentPassword: () => passwordOf(tools, jid),
    strongestSeen: existing && tools.storage.getStrongestMechanism(existing.id),
    onStep: (step) => {
      if (!signal.aborted) tools.events.emit('signIn.progressed', { step })
    },
  })
  // One that opens after all, when nobody wants it any more, must not stay open.
  opening.then((stream) => (signal.aborted ? stream.close() : undefined)).catch(() => undefined)
  return createLink(tools, await unlessAborted(signal, opening))
}

/** Once there is an account. */
function passwordOf(tools: Tools, jid: BareJid): string | undefined {
  const account = findAccountOf(tools, jid)
  return account && tools.secrets.getPassword(account.id)
}

/** A server that answers but has no roster for us is a server to chat by all the same. */
async function fetchContacts(link: Link): Promise<Link['fetchedRoster']> {
  try {
    return await requestRoster(link, undefined)
  } catch (error) {
    if (error instanceof StanzaError) return undefined
    throw error
  }
}

function keepAccount(tools: Tools, sessions: Sessions, attempt: Attempt, link: Link): Account {
  try {
    const account = storeAccount(tools, attempt)
    const session = sessions.of(account)
    leaveOffline(tools, sessions, account.id)
    session.adopt(link)
    return account
  } catch (error) {
    void link.close()
    throw error
  }
}

function storeAccount(tools: Tools, { input, jid, resource, existing, tokens }: Attempt): Account {
  const { storage, secrets, events } = tools
  const { remember, insist, password } = input
  const { proxyPassword, ...where } = whereOf(tools, jid, input)
  const options = { ...where, resource, remember, enabled: true }
  const account =
    existing === undefined
      ? storage.insertAccount({ jid, ...options })
      : storage.updateAccount(existing.id, { ...options, retired: undefined })
  secrets.setPassword(account.id, password, { remember, insist })
  secrets.set(account.id, 'proxy', proxyPassword)
  tokens.settle(createTokens(tools, account.id))
  events.emit(existing === undefined ? 'account.added' : 'account.changed', { account })
  return account
}

function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(new StreamFailure({ code: 'cancelled' }))
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

/** Cancelled, whatever came of it; the stream's own reason when it broke; else what was thrown. */
function problemFrom({ signal }: Attempt, error: unknown, link: Link | undefined): ConnectionProblem {
  if (signal.aborted) return { code: 'cancelled' }
  return link?.problem ?? problemOf(error)
}

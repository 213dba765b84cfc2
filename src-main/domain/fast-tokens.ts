/** An account's token (XEP-0484) in the keyring, beside its password and for as long as that. */
import type { Account } from '../model/account.ts'
import type { FastToken, FastTokens } from '../protocol/xep-0484-fast.ts'
import { connectionOf } from './connection.ts'
import type { Tools } from './tools.ts'

type Kept = FastToken & { readonly count: number }

const REVOKE_MS = 15_000

export function createTokens(
  { secrets, now }: Pick<Tools, 'secrets' | 'now'>,
  accountId: number,
): FastTokens {
  const write = (kept: Kept | undefined): void =>
    secrets.set(accountId, 'token', kept === undefined ? undefined : JSON.stringify(kept))
  return {
    take() {
      const kept = parseKept(secrets.get(accountId, 'token'))
      if (kept === undefined) return undefined
      if (kept.expiresAt <= now()) return void write(undefined)
      const used = { ...kept, count: kept.count + 1 }
      write(used)
      return used
    },
    keep: (token) => write({ ...token, count: 0 }),
    drop: () => write(undefined),
  }
}

export interface LooseTokens extends FastTokens {
  /** From now on it is the account's. */
  settle(into: FastTokens): void
}

/** The token of a sign-in that has no account yet, or that is about another password: none, until the server gives one. */
export function createLooseTokens(): LooseTokens {
  let received: FastToken | undefined
  let settled: FastTokens | undefined
  return {
    take: () => settled?.take(),
    keep(token) {
      if (settled === undefined) received = token
      else settled.keep(token)
    },
    drop: () => settled?.drop(),
    settle(into) {
      settled = into
      if (received !== undefined) into.keep(received)
    },
  }
}

/**
 * Takes the token out of the keyring, and has the server forget it in the background, where it can be reached. One that
 * can't be is not told: the token, which nobody has any more, runs out by itself there.
 */
export function giveBackToken(tools: Tools, account: Account): void {
  const token = createTokens(tools, account.id).take()
  tools.secrets.set(account.id, 'token', undefined)
  if (token === undefined) return
  const { jid, resource } = account
  const tokens = { take: () => token, keep: () => undefined, drop: () => undefined }
  const signal = AbortSignal.timeout(REVOKE_MS)
  const proxyPassword = tools.secrets.get(account.id, 'proxy')
  const where = { ...connectionOf(account), proxyPassword }
  tools.revokeToken({ jid, resource, tokens, ...where, signal }).catch((error: unknown) => {
    tools.log('domain/fast-tokens', 'info', 'the server was not told', { error: String(error) })
  })
}

/** Ours, and yet it came out of a file. */
function parseKept(text: string | undefined): Kept | undefined {
  try {
    const { mechanism, token, expiresAt, count } = JSON.parse(text ?? '') as Record<keyof Kept, unknown>
    const isWhole = typeof mechanism === 'string' && typeof token === 'string'
    if (!isWhole || typeof expiresAt !== 'number' || typeof count !== 'number') return undefined
    return { mechanism, token, expiresAt, count }
  } catch {
    return undefined
  }
}

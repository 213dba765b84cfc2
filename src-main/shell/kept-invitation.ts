/**
 * An invitation that was opened before there is an account: it waits over restarts, until there is one or it is waved away. Its
 * token may open an account, so it is a secret: in a file that only the system keyring can decrypt, or nowhere.
 */
import * as v from 'valibot'
import type { Log } from '../domain/app.types.ts'
import { readInvitationLink, type XmppUri } from '../model/xmpp-uri.ts'
import { readJsonFile, writeJsonFile } from './json-file.ts'
import { decrypt, encrypt, type Keyring } from './keyring.ts'

/** Servers' own are over long before. */
const HOLDS_MS = 30 * 24 * 3_600_000

const fileShape = v.strictObject({
  version: v.literal(1),
  /** Base64 of the encrypted link; null: none. */
  link: v.nullable(v.pipe(v.string(), v.base64())),
  /** Epoch milliseconds. */
  keptAt: v.number(),
})

export interface KeptInvitation {
  /** A link as it was opened or pasted; one that is no invitation changes nothing. */
  keep(link: string): void
  forget(): void
  find(): XmppUri | undefined
}

export interface KeptInvitationOptions {
  readonly keyring: Keyring
  readonly isProtected: boolean
  readonly file: string
  readonly now: () => number
  readonly log: Log
}

export function createKeptInvitation(options: KeptInvitationOptions): KeptInvitation {
  const { keyring, isProtected, file, now, log } = options

  function write(link: string | null): void {
    try {
      writeJsonFile(file, { version: 1, link, keptAt: now() })
    } catch (error) {
      log('shell/kept-invitation', 'warn', 'the invitation was not written', { error })
    }
  }

  return {
    keep(link) {
      if (!isProtected || readInvitationLink(link)?.preauth === undefined) return
      const blob = encrypt(keyring, link, log)
      if (blob !== undefined) write(blob)
    },
    forget() {
      if ((readJsonFile(file, fileShape)?.link ?? null) !== null) write(null)
    },
    find() {
      const kept = isProtected ? readJsonFile(file, fileShape) : undefined
      if (!kept?.link || now() - kept.keptAt > HOLDS_MS) return undefined
      const link = decrypt(keyring, kept.link, log)
      const uri = link === undefined ? undefined : readInvitationLink(link)
      return uri?.preauth === undefined ? undefined : uri
    },
  }
}

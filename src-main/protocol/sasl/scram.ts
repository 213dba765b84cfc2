/**
 * SCRAM (RFC 5802, RFC 7677; SHA-512 as registered with IANA), with and without channel binding. Unlike the library's
 * it has the server prove itself: nonce, iteration count and server signature are checked.
 */
import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { StreamFailure } from '../errors.ts'
import { confirmsOffer, type SaslOffer } from '../xep-0474-scram-downgrade.ts'
import { fromBase64, unproven, type SaslExchange } from './exchange.ts'
import { prepare } from './prepare.ts'

export type ScramHash = 'sha1' | 'sha256' | 'sha512'

/**
 * The gs2 header's first field (RFC 5802 §6): 'n' we can't bind, 'y' we could but the server offers no -PLUS (it will
 * notice when someone on the way removed it), or the binding used.
 */
export type ChannelBinding = 'n' | 'y' | { readonly type: string; readonly data: Buffer }

export interface ScramOptions {
  readonly mechanism: string
  readonly hash: ScramHash
  readonly username: string
  readonly password: string
  readonly binding: ChannelBinding
  readonly offer: SaslOffer
  /** Go on only with a server that confirms its offer (XEP-0474): else the attempt ends with 'no-mechanism' and this. */
  readonly unlessConfirmed?: string | undefined
  /** Printable, no comma; random unless a test needs another. */
  readonly nonce?: string
}

/** RFC 7677 §4: at least 4096. Ten million take a slow machine some ten seconds; more is an attack on our time. */
const MIN_ITERATIONS = 4096
const MAX_ITERATIONS = 10_000_000
const DIGEST_LENGTHS: Readonly<Record<ScramHash, number>> = { sha1: 20, sha256: 32, sha512: 64 }
const MIN_SALT_BYTES = 1
const derive = promisify(pbkdf2)

export function createScram(options: ScramOptions): SaslExchange {
  const { hash, binding } = options
  const nonce = options.nonce ?? randomBytes(24).toString('base64')
  const gs2 = binding === 'n' || binding === 'y' ? `${binding},,` : `p=${binding.type},,`
  const bindingData = typeof binding === 'string' ? Buffer.alloc(0) : binding.data
  const firstBare = `n=${escapeName(prepare(options.username))},r=${nonce}`
  let expected: Buffer | undefined
  let proved = false
  let offerConfirmed = false

  function verify(message: string): void {
    const fields = parseFields(message)
    const refusal = fields.get('e')
    if (refusal !== undefined) throw scramError(refusal)
    const signature = fromBase64(fields.get('v') ?? '')
    if (expected === undefined) throw unproven('it says that it is done before it proved anything')
    if (signature?.length !== expected.length || !timingSafeEqual(signature, expected)) {
      throw unproven('its signature is wrong')
    }
    proved = true
  }

  return {
    mechanism: options.mechanism,
    saysUnbindable: binding === 'y',
    get offerConfirmed() {
      return offerConfirmed
    },
    initial: () => Buffer.from(gs2 + firstBare),
    async respond(challenge) {
      const message = challenge.toString('utf8')
      if (expected !== undefined) {
        // A server without room for data in <success/> sends its signature as a challenge (RFC 6120 §6.3.10).
        verify(message)
        return Buffer.alloc(0)
      }
      const first = parseServerFirst(message, nonce)
      offerConfirmed = checkOffer(options, first.offerHash)
      const salted = await deriveSalted(hash, options.password, first)
      const channel = Buffer.concat([Buffer.from(gs2), bindingData]).toString('base64')
      const withoutProof = `c=${channel},r=${first.nonce}`
      const authMessage = `${firstBare},${message},${withoutProof}`
      const clientKey = hmac(hash, salted, 'Client Key')
      const signature = hmac(hash, createHash(hash).update(clientKey).digest(), authMessage)
      expected = hmac(hash, hmac(hash, salted, 'Server Key'), authMessage)
      return Buffer.from(`${withoutProof},p=${xor(clientKey, signature).toString('base64')}`)
    },
    finish(additional) {
      if (additional !== undefined && additional.length > 0) verify(additional.toString('utf8'))
      if (!proved) throw unproven('it did not prove that it knows the password')
    },
  }
}

/** What a password is made a key with. */
export interface Salting {
  readonly salt: Buffer
  readonly iterations: number
}

interface ServerFirst extends Salting {
  readonly nonce: string
  /** XEP-0474. */
  readonly offerHash: string | undefined
}

/** SaltedPassword of RFC 5802 §3. Throws StreamFailure 'credentials' for a password that no server can have stored. */
export function deriveSalted(
  hash: ScramHash,
  password: string,
  { salt, iterations }: Salting,
): Promise<Buffer> {
  return derive(prepare(password), salt, iterations, DIGEST_LENGTHS[hash], hash)
}

/** Undefined where it is no salt, or a count that no honest server asks for. */
export function parseSalting(salt: string, count: string): Salting | undefined {
  const bytes = fromBase64(salt)
  const iterations = /^[1-9]\d{0,8}$/.test(count) ? Number(count) : 0
  const isSound = iterations >= MIN_ITERATIONS && iterations <= MAX_ITERATIONS
  return bytes !== undefined && bytes.length >= MIN_SALT_BYTES && isSound
    ? { salt: bytes, iterations }
    : undefined
}

/** Whether the server confirms its offer. Throws before anything is proved to a server that contradicts it. */
function checkOffer({ hash, offer, unlessConfirmed }: ScramOptions, offerHash: string | undefined): boolean {
  if (offerHash === undefined && unlessConfirmed === undefined) return false
  if (offerHash === undefined)
    throw new StreamFailure({ code: 'no-mechanism', detail: unlessConfirmed ?? '' })
  if (confirmsOffer(offerHash, hash, offer)) return true
  const detail = `the server does not offer what arrived here: ${offer.mechanisms.join(', ').slice(0, 200)}`
  throw new StreamFailure({ code: 'tampered', detail })
}

function parseServerFirst(message: string, clientNonce: string): ServerFirst {
  const fields = parseFields(message)
  const refusal = fields.get('e')
  if (refusal !== undefined) throw scramError(refusal)
  // RFC 5802 §5.1: an extension that we don't know and that is mandatory must end the exchange.
  if (fields.has('m'))
    throw new StreamFailure({ code: 'no-mechanism', detail: 'SCRAM with an unknown extension' })
  const nonce = fields.get('r') ?? ''
  if (!nonce.startsWith(clientNonce) || nonce.length === clientNonce.length) {
    throw unproven('its nonce does not continue ours')
  }
  const count = fields.get('i') ?? ''
  const salting = parseSalting(fields.get('s') ?? '', count)
  if (salting === undefined) {
    throw unproven(`it sent no salt, or an iteration count of ${count.slice(0, 12)}, which is not acceptable`)
  }
  return { nonce, ...salting, offerHash: fields.get('h') }
}

/** `a=value,b=value`; the first of each name counts. */
function parseFields(message: string): Map<string, string> {
  const fields = new Map<string, string>()
  for (const part of message.split(',')) {
    const name = part.slice(0, 1)
    if (part[1] === '=' && !fields.has(name)) fields.set(name, part.slice(2))
  }
  return fields
}

/** server-error of RFC 5802 §7. */
function scramError(condition: string): StreamFailure {
  const wrongPassword = ['invalid-proof', 'unknown-user', 'invalid-username-encoding'].includes(condition)
  return new StreamFailure({
    code: wrongPassword ? 'credentials' : 'protocol',
    detail: `SCRAM: ${condition.slice(0, 60)}`,
  })
}

function escapeName(name: string): string {
  return name.replace(/=/g, '=3D').replace(/,/g, '=2C')
}

function hmac(hash: ScramHash, key: Buffer, data: string): Buffer {
  return createHmac(hash, key).update(data).digest()
}

function xor(a: Buffer, b: Buffer): Buffer {
  return Buffer.from(a.map((byte, index) => byte ^ (b[index] ?? 0)))
}

/**
 * A server that does what a test's script says, wrong on purpose. It shares no code with Linnet: its SCRAM is its own,
 * and it answers to what it reads by pattern.
 */
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSecureContext, TLSSocket, type SecureContextOptions } from 'node:tls'
import { makeCertificates } from './certificates.ts'
import { acceptWebSocket, asStream, framesOf, OPEN } from './scripted-websocket.ts'

export const DOMAIN = 'chat.test'
export const PASSWORD = 'pencil'

export interface TestCertificates {
  readonly ca: string
  readonly caFile: string
  readonly key: string
  readonly cert: string
}

/** For `names`, signed by an authority of its own; the folder is gone again, `caFile` aside. */
export function certificatesFor(...names: string[]): TestCertificates & { dispose(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'linnet-certs-'))
  const { caFile, certFile, keyFile } = makeCertificates(folder, names)
  const read = (file: string): string => readFileSync(file, 'utf8')
  const dispose = (): void => rmSync(folder, { recursive: true, force: true })
  return { ca: read(caFile), caFile, key: read(keyFile), cert: read(certFile), dispose }
}

export interface Client {
  /** Everything it said, over all streams, TLS taken off. */
  readonly said: string
  /** Waits until what it said since the last match holds the pattern. */
  expect(pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray>
  send(data: string | Buffer): void
  /** Answers a stream header with ours and these features. */
  greet(features: string): Promise<void>
  /** The server's side of a TLS handshake on this connection. */
  upgrade(): Promise<void>
  /** Features with STARTTLS, `<proceed/>`, TLS; nothing where TLS stands already. */
  startTls(): Promise<void>
  /** SASL to its end, and what follows up to the bound resource. */
  signIn(scram?: Partial<ScramFaults>): Promise<void>
  bind(features?: string): Promise<void>
  readonly closed: Promise<void>
  /** What tls-exporter binds to (RFC 9266), as the server sees it. */
  exporter(): Buffer
  destroy(): void
}

export type Script = (client: Client, connection: number) => Promise<void>

export interface ScriptedServer {
  readonly port: number
  readonly connections: number
  /** Rejections of scripts; a test that expects none says so. */
  readonly errors: readonly Error[]
  close(): Promise<void>
}

export const SASL = 'urn:ietf:params:xml:ns:xmpp-sasl'
export const mechanisms = (...names: string[]): string =>
  `<mechanisms xmlns='${SASL}'>${names.map((name) => `<mechanism>${name}</mechanism>`).join('')}</mechanisms>`
export const STARTTLS = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>"
export const BIND = "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>"
export const SM = "<sm xmlns='urn:xmpp:sm:3'/>"

const HEADER =
  "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'" +
  ` id='1' from='${DOMAIN}' version='1.0'>`

export type Wire = 'tcp' | 'websocket'

export interface ScriptedOptions {
  readonly certificates?: TestCertificates
  /** TLS from the first byte; without it the connection is plain until the script upgrades it. */
  readonly secure?: boolean
  readonly context?: SecureContextOptions
  /** Over WebSocket TLS stands from the first byte, and the script begins after the handshake. */
  readonly wire?: Wire
  /** In place of the honest answer to the WebSocket handshake. */
  readonly handshake?: Parameters<typeof acceptWebSocket>[2]
  /** Each WebSocket message of the client, as it came. */
  readonly onMessage?: (text: string) => void
}

export async function startScripted(script: Script, tls: ScriptedOptions = {}): Promise<ScriptedServer> {
  const sockets = new Set<Socket>()
  const errors: Error[] = []
  const { certificates } = tls
  const context =
    certificates && createSecureContext({ key: certificates.key, cert: certificates.cert, ...tls.context })
  let connections = 0
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    const client = createClient(socket, context, tls)
    const begin = tls.secure === true || tls.wire === 'websocket' ? client.upgrade() : Promise.resolve()
    connections += 1
    const number = connections
    begin.then(() => script(client, number)).catch((error: unknown) => errors.push(error as Error))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    errors,
    get connections() {
      return connections
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function createClient(
  raw: Socket,
  secureContext: ReturnType<typeof createSecureContext> | undefined,
  { wire = 'tcp', handshake, onMessage }: ScriptedOptions,
): Client {
  let socket: Socket = raw
  let tls: TLSSocket | undefined
  let said = ''
  let seen = 0
  const looks = new Set<() => void>()
  const hear = (text: string): void => {
    said += text
    for (const look of [...looks]) look()
  }
  const listen = (): void => void socket.on('data', (data) => hear(data.toString('utf8')))
  if (wire === 'tcp') listen()
  const client: Client = {
    get said() {
      return said
    },
    closed: new Promise((resolve) => raw.once('close', () => resolve())),
    exporter: () => {
      if (tls === undefined) throw new Error('no TLS yet')
      return tls.exportKeyingMaterial(32, 'EXPORTER-Channel-Binding', Buffer.alloc(0))
    },
    destroy: () => raw.destroy(),
    send: (data) => {
      const bytes = wire === 'tcp' || typeof data !== 'string' ? data : framesOf(data)
      if (!socket.destroyed) socket.write(bytes)
    },
    expect: (pattern, timeoutMs = 5000) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(said.slice(seen))
          if (match === null) return
          clearTimeout(timer)
          looks.delete(look)
          seen += match.index + match[0].length
          resolve(match)
        }
        const timer = setTimeout(() => {
          looks.delete(look)
          reject(
            new Error(`the client did not say ${String(pattern)}; since the last match: ${said.slice(seen)}`),
          )
        }, timeoutMs)
        looks.add(look)
        look()
      }),
    greet: async (features) => {
      await client.expect(/<stream:stream[^>]*>/)
      client.send(`${wire === 'tcp' ? HEADER : OPEN}<stream:features>${features}</stream:features>`)
    },
    upgrade: () =>
      new Promise((resolve, reject) => {
        raw.removeAllListeners('data')
        const secured = new TLSSocket(raw, { isServer: true, ...(secureContext && { secureContext }) })
        secured.on('error', reject)
        socket = secured
        tls = secured
        if (wire === 'websocket') {
          const read = (text: string): void => {
            onMessage?.(text)
            hear(asStream(text))
          }
          const accepted = acceptWebSocket(secured, read, handshake)
          accepted.then(resolve, reject)
          return
        }
        secured.once('secure', () => resolve())
        listen()
      }),
    startTls: async () => {
      if (wire === 'websocket') return
      await client.greet(STARTTLS)
      await client.expect(/<starttls[^>]*>/)
      client.send("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")
      await client.upgrade()
    },
    signIn: async (faults) => {
      await client.greet(mechanisms('SCRAM-SHA-1'))
      await scram(client, faults)
      await client.bind()
    },
    bind: async (features = BIND) => {
      await client.greet(features)
      const id = (await client.expect(/<iq[^>]* id=['"]([^'"]+)['"][\s\S]*?<\/iq>/))[1] ?? ''
      const jid = `<jid>romeo@${DOMAIN}/x</jid>`
      client.send(
        `<iq type='result' id='${id}'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>${jid}</bind></iq>`,
      )
    },
  }
  return client
}

/** What a server that does not know the password, or an attacker, does otherwise. */
export interface ScramFaults {
  readonly password: string
  /** In place of the challenge; gets the client's nonce. */
  readonly challenge: (clientNonce: string) => string
  /** After the honest challenge: attributes such as `,h=…` (XEP-0474). */
  readonly attributes: string
  /** In place of `<success/>`; gets the right server signature in base64. */
  readonly success: (signature: string) => string
}

const base64 = (text: string | Buffer): string => Buffer.from(text).toString('base64')
const unbase64 = (text: string): string => Buffer.from(text, 'base64').toString()

/** How SASL messages are carried. */
export interface SaslProfile {
  readonly begin: RegExp
  readonly response: RegExp
  challenge(data: string): string
  success(data: string): string
  readonly failure: string
}

const RFC_6120: SaslProfile = {
  begin: /<auth [^>]*>([^<]+)<\/auth>/,
  response: /<response [^>]*>([^<]*)<\/response>/,
  challenge: (data) => `<challenge xmlns='${SASL}'>${base64(data)}</challenge>`,
  success: (data) => `<success xmlns='${SASL}'>${base64(data)}</success>`,
  failure: `<failure xmlns='${SASL}'><not-authorized/></failure>`,
}

/** The server's side of SCRAM-SHA-1 (RFC 5802), bound or not, honest unless told otherwise; what the client said first. */
export async function scram(
  client: Client,
  faults: Partial<ScramFaults> = {},
  profile: SaslProfile = RFC_6120,
): Promise<string> {
  const first = unbase64((await client.expect(profile.begin))[1] ?? '')
  const bare = first.replace(/^[^,]*,[^,]*,/, '')
  const clientNonce = /r=([^,]*)/.exec(bare)?.[1] ?? ''
  const salt = randomBytes(16)
  const honest = `r=${clientNonce}${randomBytes(12).toString('hex')},s=${base64(salt)},i=4096${faults.attributes ?? ''}`
  const challenge = faults.challenge?.(clientNonce) ?? honest
  client.send(profile.challenge(challenge))
  const final = unbase64((await client.expect(profile.response))[1] ?? '')
  const authMessage = `${bare},${challenge},${final.replace(/,p=.*$/, '')}`
  const salted = pbkdf2Sync(faults.password ?? PASSWORD, salt, 4096, 20, 'sha1')
  const clientKey = createHmac('sha1', salted).update('Client Key').digest()
  const stored = createHash('sha1').update(clientKey).digest()
  const proof = createHmac('sha1', stored).update(authMessage).digest().map((byte, i) => byte ^ (clientKey[i] ?? 0)) // prettier-ignore
  const honestClient = final.endsWith(`p=${base64(Buffer.from(proof))}`)
  const signature = base64(createHmac('sha1', createHmac('sha1', salted).update('Server Key').digest()).update(authMessage).digest()) // prettier-ignore
  if (faults.success !== undefined) client.send(faults.success(signature))
  else client.send(honestClient ? profile.success(`v=${signature}`) : profile.failure)
  return first
}

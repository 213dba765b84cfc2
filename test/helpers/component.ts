/** A service of a test as an external component (XEP-0114) of a private Prosody: stanzas in and out, nothing more. */
import { Parser, type Element } from '@xmpp/xml'
import { createHash } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { StringDecoder } from 'node:string_decoder'
import { setTimeout as sleep } from 'node:timers/promises'

export interface ComponentOptions {
  readonly port: number
  readonly jid: string
  readonly secret: string
}

export interface Component {
  send(stanza: Element | string): void
  close(): void
}

const WAIT_MS = 10_000

/** What a private Prosody must be told of it: see ProsodyOptions. */
export function componentConfig({ port, jid, secret }: ComponentOptions) {
  return {
    extraConfig: `component_ports = { ${port} }\ncomponent_interfaces = { "127.0.0.1" }`,
    extraHosts: `Component "${jid}"\n  component_secret = "${secret}"`,
  }
}

/** Resolves when the server has taken it in. */
export async function connectComponent(
  options: ComponentOptions,
  take: (stanza: Element) => void,
): Promise<Component> {
  const socket = await connectTo(options.port)
  await openStream(socket, options, take)
  return {
    send: (stanza) => void (socket.destroyed || socket.write(stanza.toString())),
    close: () => void socket.destroy(),
  }
}

/** The server opens this port a moment after its others. */
async function connectTo(port: number): Promise<Socket> {
  for (const end = Date.now() + WAIT_MS; ; await sleep(30)) {
    const socket = connect({ host: '127.0.0.1', port })
    const connected = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true))
      socket.once('error', () => resolve(false))
    })
    if (connected) return socket
    if (Date.now() > end) throw new Error(`nobody takes components on ${port}`)
  }
}

function openStream(
  socket: Socket,
  { jid, secret }: ComponentOptions,
  take: (stanza: Element) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const decoder = new StringDecoder('utf8')
    const parser = new Parser()
    const late = new Error(`nobody took ${jid} in`)
    const timer = setTimeout(() => reject(late), WAIT_MS)
    parser.on('start', (header: Element) => {
      const digest = createHash('sha1')
        .update(`${String(header.attrs['id'])}${secret}`)
        .digest('hex')
      socket.write(`<handshake>${digest}</handshake>`)
    })
    parser.on('element', (stanza: Element) => {
      if (stanza.is('handshake')) {
        clearTimeout(timer)
        resolve()
      } else if (stanza.getName() === 'stream:error') reject(new Error(stanza.toString()))
      else take(stanza)
    })
    socket.on('data', (data) => parser.write(decoder.write(data)))
    socket.once('error', reject)
    socket.write(
      `<stream:stream xmlns='jabber:component:accept' xmlns:stream='http://etherx.jabber.org/streams' to='${jid}'>`,
    )
  })
}

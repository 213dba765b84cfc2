/**
 * The floor: a client that does nothing but what the wire needs. It signs in over TLS, asks for the archive page by page,
 * or waits for messages, and looks for the end of each by searching text. It parses and keeps nothing.
 */
import { readFileSync } from 'node:fs'
import { connect, type TLSSocket } from 'node:tls'
import type { Prosody } from '../helpers/prosody.ts'

export interface BareClient {
  /** Pages of the whole own archive, each asked for when the one before has ended. */
  downloadArchive(pageSize: number): Promise<{ readonly messages: number; readonly ms: number }>
  /** Resolves when so many message stanzas have come; with the time since the first of them was awaited. */
  awaitMessages(count: number): Promise<number>
  /** Goes into a room, `address` with its nick; resolves with the time until its own presence has come. */
  joinRoom(address: string): Promise<number>
  /** Writes all of it at once; resolves when it has gone to the system. */
  write(text: string): Promise<void>
  close(): void
}

/** `managed`: with stream management (XEP-0198), which costs the server something too. */
export async function connectBare(
  server: Prosody,
  name: string,
  password: string,
  { managed = false } = {},
): Promise<BareClient> {
  const socket = connect({
    host: '127.0.0.1',
    port: server.tlsPort,
    servername: server.domain,
    ca: readFileSync(server.caFile),
  })
  const text = createText(socket)
  await signIn(socket, text, server.domain, `\0${name}\0${password}`)
  if (managed) await manage(socket, text)
  return {
    async downloadArchive(pageSize) {
      const started = performance.now()
      let messages = 0
      let after = ''
      for (let page = 1; ; page += 1) {
        socket.write(archiveQuery(page, pageSize, after))
        const answer = await text.until(/<fin[^>]*>.*?<\/iq>/s)
        messages += answer.split('<forwarded').length - 1
        const fin = answer.slice(answer.indexOf('<fin'))
        const last = /<last>([^<]*)<\/last>/.exec(fin)?.[1]
        if (/complete=['"]true['"]/.test(fin) || last === undefined) break
        after = `<after>${last}</after>`
      }
      return { messages, ms: performance.now() - started }
    },
    async awaitMessages(count) {
      const started = performance.now()
      for (let seen = 0; seen < count;) seen += (await text.until(/<\/message>/)).split('<message').length - 1
      return performance.now() - started
    },
    async joinRoom(address) {
      const started = performance.now()
      socket.write(`<presence to='${address}'><x xmlns='http://jabber.org/protocol/muc'/></presence>`)
      await text.until(/<status code=['"]110['"]\/>/)
      return performance.now() - started
    },
    write: (out) => new Promise((resolve) => socket.write(out, () => resolve())),
    close: () => void socket.destroy(),
  }
}

/** Acknowledges what came out of the archive whenever it is asked to. */
async function manage(socket: TLSSocket, text: Text): Promise<void> {
  let handled = 0
  socket.on('data', (data: string) => {
    handled += data.split('</result></message>').length - 1
    if (data.includes('<r xmlns=')) socket.write(`<a xmlns='${NS_SM}' h='${handled}'/>`)
  })
  socket.write(`<enable xmlns='${NS_SM}' resume='true'/>`)
  await text.until(/<enabled[^>]*>/)
}

const NS_SM = 'urn:xmpp:sm:3'

function archiveQuery(page: number, pageSize: number, after: string): string {
  const set = `<set xmlns='http://jabber.org/protocol/rsm'><max>${pageSize}</max>${after}</set>`
  return `<iq type='set' id='page${page}'><query xmlns='urn:xmpp:mam:2' queryid='q${page}'>${set}</query></iq>`
}

interface Text {
  /** All text up to the first end of the pattern, which must lie near its end; it is taken out. */
  until(pattern: RegExp): Promise<string>
}

const LONGEST_PATTERN = 2000

function createText(socket: TLSSocket): Text {
  let pieces: string[] = []
  let tail = ''
  let woken: (() => void) | undefined
  socket.setEncoding('utf8')
  socket.on('data', (data: string) => {
    pieces.push(data)
    tail = (tail + data).slice(-LONGEST_PATTERN - data.length)
    woken?.()
  })
  return {
    async until(pattern) {
      while (!pattern.test(tail)) await new Promise<void>((resolve) => (woken = resolve))
      const all = pieces.join('')
      const end = tail.length - (pattern.exec(tail)?.index ?? 0) - (pattern.exec(tail)?.[0].length ?? 0)
      const rest = end === 0 ? '' : all.slice(-end)
      pieces = rest === '' ? [] : [rest]
      tail = rest.slice(-LONGEST_PATTERN)
      return end === 0 ? all : all.slice(0, -end)
    },
  }
}

async function signIn(socket: TLSSocket, text: Text, domain: string, credentials: string): Promise<void> {
  const open = `<stream:stream to='${domain}' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>`
  const plain = Buffer.from(credentials).toString('base64')
  socket.write(open)
  await text.until(/<\/stream:features>/)
  socket.write(`<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>${plain}</auth>`)
  await text.until(/<success[^>]*>/)
  socket.write(open)
  await text.until(/<\/stream:features>/)
  socket.write(`<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>`)
  await text.until(/<\/bind><\/iq>/)
  socket.write('<presence/>')
}

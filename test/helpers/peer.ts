/**
 * A second client for tests, scripted and plain: it signs in over direct TLS with PLAIN, sends what it is told and keeps
 * what it gets. It shares no code with Linnet's protocol layer, so that what passes between them is proven by another.
 */
import element, { Parser, type Element } from '@xmpp/xml'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import { connect, type TLSSocket } from 'node:tls'
import type { Prosody } from './prosody.ts'

export interface Peer {
  readonly jid: string
  readonly bareJid: string
  /** Every stanza that came, in order. */
  readonly received: readonly Element[]
  send(stanza: Element | string): void
  /** A chat message; returns its id. */
  say(to: string, body: string): string
  /** Available presence, as the user of an ordinary client would set it. */
  show(show?: string, status?: string): void
  /** The first stanza that fits, of those that came or the next to come. */
  waitFor(fits: (stanza: Element) => boolean, timeoutMs?: number): Promise<Element>
  waitForMessage(body: string, timeoutMs?: number): Promise<Element>
  /** An iq; resolves with the answer of any kind. */
  request(type: 'get' | 'set', payload: Element, to?: string): Promise<Element>
  /** Answers pings and other requests with an empty result unless this says otherwise. */
  onRequest(answer: (iq: Element) => Element | undefined): void
  /** Bodies of the chat messages that came, each id once, as any client shows them. */
  bodies(): string[]
  close(): void
  /** As if the cable were cut. */
  cut(): void
}

const WAIT_MS = 10_000

export interface PeerOptions {
  readonly resource?: string
  /** No presence: messages sent to the bare address do not come here. */
  readonly silent?: boolean
  /** Listen on another port than the server's, as a proxy does. */
  readonly port?: number
}

/** Signs in, asks for the roster and is available when the promise resolves. */
export async function connectPeer(
  server: Pick<Prosody, 'domain' | 'tlsPort' | 'caFile'>,
  name: string,
  password: string,
  options: PeerOptions = {},
): Promise<Peer> {
  const bareJid = `${name}@${server.domain}`
  const socket = connect({ host: '127.0.0.1', port: options.port ?? server.tlsPort, servername: server.domain, ca: readFileSync(server.caFile) }) // prettier-ignore
  const received: Element[] = []
  const waiting = new Set<(stanza: Element) => void>()
  let answer: (iq: Element) => Element | undefined = () => undefined
  const take = (stanza: Element): void => {
    received.push(stanza)
    for (const look of [...waiting]) look(stanza)
    if (stanza.is('iq') && ['get', 'set'].includes(String(stanza.attrs.type))) reply(stanza)
  }
  const write = (text: string): void => void (socket.destroyed || socket.write(text))
  const reply = (iq: Element): void => {
    const own = answer(iq)
    write((own ?? element('iq', { type: 'result', id: iq.attrs.id, to: iq.attrs.from })).toString())
  }
  const wait = (
    fits: (stanza: Element) => boolean,
    timeoutMs: number,
    past: readonly Element[],
  ): Promise<Element> => {
    const known = past.find(fits)
    if (known !== undefined) return Promise.resolve(known)
    return new Promise((resolve, reject) => {
      const look = (stanza: Element): void => {
        if (fits(stanza)) done(() => resolve(stanza))
      }
      const timer = setTimeout(() => done(() => reject(new Error(`${bareJid} waited ${timeoutMs} ms in vain; it got\n${received.join('\n')}`))), timeoutMs) // prettier-ignore
      const done = (settle: () => void): void => {
        clearTimeout(timer)
        waiting.delete(look)
        settle()
      }
      waiting.add(look)
    })
  }
  const jid = await signIn(socket, take, server.domain, name, password, options.resource)
  const peer: Peer = {
    jid,
    bareJid,
    received,
    send: (stanza) => write(stanza.toString()),
    say: (to, body) => {
      const id = randomUUID()
      write(element('message', { to, type: 'chat', id }, element('body', {}, body)).toString())
      return id
    },
    show: (show, status) => {
      const children = [show && element('show', {}, show), status && element('status', {}, status)].filter(
        (one) => !!one,
      )
      write(element('presence', {}, ...children).toString())
    },
    waitFor: (fits, timeoutMs = WAIT_MS) => wait(fits, timeoutMs, received),
    waitForMessage: (body, timeoutMs = WAIT_MS) =>
      wait((stanza) => stanza.is('message') && stanza.getChildText('body') === body, timeoutMs, received),
    request: (type, payload, to) => {
      const id = randomUUID()
      const answered = wait(
        (stanza) => stanza.is('iq') && stanza.attrs.id === id && stanza.attrs.type !== type,
        WAIT_MS,
        [],
      )
      write(element('iq', { type, id, ...(to === undefined ? {} : { to }) }, payload).toString())
      return answered
    },
    onRequest: (next) => void (answer = next),
    bodies: () => {
      const messages = received.filter(
        (stanza) => stanza.is('message') && stanza.getChild('body') !== undefined,
      )
      const byId = new Map(messages.map((stanza) => [`${String(stanza.attrs.from)} ${String(stanza.attrs.id)}`, stanza.getChildText('body') ?? ''])) // prettier-ignore
      return [...byId.values()]
    },
    close: () => {
      write('</stream:stream>')
      socket.end()
    },
    cut: () => void socket.destroy(),
  }
  await peer.request('get', element('query', { xmlns: 'jabber:iq:roster' }))
  if (options.silent !== true) peer.show()
  return peer
}

/** Classic sign-in: PLAIN (the socket is TLS), bind. Resolves with the full JID. */
async function signIn(
  socket: TLSSocket,
  take: (stanza: Element) => void,
  domain: string,
  name: string,
  password: string,
  resource: string | undefined,
): Promise<string> {
  const inbox = createInbox(socket)
  const open = (): Promise<Element> => {
    inbox.restart()
    socket.write(
      `<stream:stream to='${domain}' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>`,
    )
    return inbox.next()
  }
  await open()
  const credentials = Buffer.from(`\0${name}\0${password}`).toString('base64')
  socket.write(`<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>${credentials}</auth>`)
  const outcome = await inbox.next()
  if (!outcome.is('success')) throw new Error(`${name} could not sign in: ${outcome.toString()}`)
  await open()
  const wish = resource === undefined ? '' : `<resource>${resource}</resource>`
  socket.write(`<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>${wish}</bind></iq>`)
  const bound = await inbox.next()
  const jid = bound.getChild('bind')?.getChildText('jid')
  if (jid == null) throw new Error(`${name} could not bind: ${bound.toString()}`)
  inbox.forward(take)
  return jid
}

interface Inbox {
  next(): Promise<Element>
  restart(): void
  forward(take: (stanza: Element) => void): void
}

function createInbox(socket: TLSSocket): Inbox {
  const queue: Element[] = []
  let deliver: ((stanza: Element) => void) | undefined
  let fail: ((error: Error) => void) | undefined
  let parser = new Parser()
  let decoder = new StringDecoder('utf8')
  const restart = (): void => {
    decoder = new StringDecoder('utf8')
    parser = new Parser()
    parser.on('element', (stanza: Element) => {
      const take = deliver
      if (take === undefined) queue.push(stanza)
      else take(stanza)
    })
  }
  socket.on('data', (data) => parser.write(decoder.write(data)))
  socket.on('error', (error) => fail?.(error))
  socket.on('close', () => fail?.(new Error('the server closed the connection')))
  return {
    restart,
    next: () =>
      new Promise((resolve, reject) => {
        const first = queue.shift()
        if (first !== undefined) return resolve(first)
        fail = reject
        deliver = (stanza) => {
          deliver = undefined
          resolve(stanza)
        }
      }),
    forward: (take) => {
      fail = undefined
      deliver = take
      for (const stanza of queue.splice(0)) take(stanza)
    },
  }
}

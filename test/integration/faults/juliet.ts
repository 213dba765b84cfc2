/**
 * Juliet, who loses nothing: each message is repeated under its id until the server has surely taken it (it answered a
 * ping sent after), and what she hears counts once by id, over all her connections.
 */
import element from '@xmpp/xml'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { connectPeer, type Peer } from '../../helpers/peer.ts'
import type { Prosody } from '../../helpers/prosody.ts'
import { bodyOf, labelOf } from './bodies.ts'

export interface Juliet {
  /** What the server has taken from her, in order. */
  readonly said: readonly string[]
  /** What came from her counterpart, each id once, in order. */
  heard(): string[]
  talk(): void
  /** Resolves once the server has the last one. */
  quiet(): Promise<void>
  /** After the server was away. */
  reconnect(): Promise<void>
  close(): void
}

const SPEAK_EVERY_MS = 15

export async function startJuliet(server: Prosody, password: string, counterpart: string): Promise<Juliet> {
  const connect = (): Promise<Peer> => connectPeer(server, 'juliet', password, { resource: 'balcony' })
  const peers = [await connect()]
  const said: string[] = []
  let talking = Promise.resolve()
  let wanted = false
  let lose: () => void = () => undefined
  let lost = new Promise<void>((resolve) => (lose = resolve))

  async function talk(): Promise<void> {
    while (wanted) {
      const body = bodyOf('juliet', said.length)
      const message = element(
        'message',
        { to: counterpart, type: 'chat', id: randomUUID() },
        element('body', {}, body),
      )
      while (!(await isTaken(message.toString()))) await sleep(50)
      said.push(labelOf(body))
      await sleep(SPEAK_EVERY_MS)
    }
  }
  async function isTaken(message: string): Promise<boolean> {
    const peer = peers.at(-1)
    if (peer === undefined) return false
    peer.send(message)
    const answered = peer.request('get', element('ping', { xmlns: 'urn:xmpp:ping' }))
    return Promise.race([answered.then(() => true).catch(() => false), lost.then(() => false)])
  }

  return {
    said,
    heard: () => hear(peers, counterpart),
    talk() {
      wanted = true
      talking = talk()
    },
    quiet() {
      wanted = false
      return talking
    },
    async reconnect() {
      lose()
      lost = new Promise((resolve) => (lose = resolve))
      peers.push(await connect())
    },
    close: () => peers.at(-1)?.close(),
  }
}

function hear(peers: readonly Peer[], counterpart: string): string[] {
  const bodies = new Map<string, string>()
  for (const stanza of peers.flatMap((peer) => peer.received)) {
    const body = stanza.getChildText('body')
    if (!stanza.is('message') || body === null || String(stanza.attrs.from).split('/')[0] !== counterpart)
      continue
    if (!bodies.has(String(stanza.attrs.id))) bodies.set(String(stanza.attrs.id), body)
  }
  return [...bodies.values()].map(labelOf)
}

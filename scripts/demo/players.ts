/** The people of the demo: signed in by a script, present, and answering what they are told. */
import { setTimeout as sleep } from 'node:timers/promises'
import { connectPeer, type Peer } from '../../test/helpers/peer.ts'
import type { Prosody } from '../../test/helpers/prosody.ts'
import { PASSWORD, PEOPLE, type Person } from './cast.ts'

/** Long enough to look like thinking, short enough not to bore. */
const THINKING_MS = 1500

export interface Players {
  readonly juliet: Peer
  leave(): void
}

export async function enterPlayers(server: Prosody): Promise<Players> {
  const present = PEOPLE.filter((person) => person.show !== undefined)
  const peers = await Promise.all(present.map((person) => play(server, person)))
  const juliet = peers.find((peer) => peer.bareJid.startsWith('juliet@'))
  if (juliet === undefined) throw new Error('Juliet is not in the cast')
  return { juliet, leave: () => peers.forEach((peer) => peer.close()) }
}

async function play(server: Prosody, person: Person): Promise<Peer> {
  const peer = await connectPeer(server, person.name, PASSWORD, { resource: 'stage', silent: true })
  peer.show(person.show, person.status)
  void answerForEver(peer, person)
  return peer
}

async function answerForEver(peer: Peer, { answers }: Person): Promise<void> {
  const heard = new Set<string>()
  for (let turn = 0; ; turn += 1) {
    const isNew = (id: unknown): boolean => !heard.has(String(id))
    // A year is as good as for ever: the script ends before.
    const told = await peer
      .waitFor(
        (stanza) => stanza.is('message') && stanza.getChild('body') !== undefined && isNew(stanza.attrs.id),
        2 ** 31 - 1,
      )
      .catch(() => undefined)
    if (told === undefined) return
    heard.add(String(told.attrs.id))
    await sleep(THINKING_MS)
    const answer = answers[turn % Math.max(1, answers.length)]
    if (answer !== undefined) peer.say(String(told.attrs.from), answer)
  }
}

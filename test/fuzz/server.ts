/** The honest part of the server: what it answers at the start, so that everything it could do is on. */
import type { Element } from '../../src-main/protocol/xml.ts'
import { JULIET, result, settle } from '../domain/stage.ts'
import type { FakeStream } from '../helpers/fake-stream.ts'
import { escape } from '../helpers/stanza.ts'

const ROUNDS = 4
const ROSTER = `<query xmlns='jabber:iq:roster' ver='v1'><item jid='${JULIET}' name='Juliet' subscription='both'/></query>`
const INFO = `<query xmlns='http://jabber.org/protocol/disco#info'><identity category='server' type='im'/>
  <feature var='http://jabber.org/protocol/disco#info'/><feature var='urn:xmpp:blocking'/></query>`

/** Answers what is asked on a fresh stream; what else was sent is read away. */
export async function serveStart(stream: FakeStream): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const element of stream.sent()) {
      const answer = answerOf(element)
      if (answer !== undefined) stream.receive(answer)
    }
    await settle()
  }
}

function answerOf(iq: Element): string | undefined {
  if (iq.attrs['type'] !== 'get') return undefined
  if (iq.getChild('query', 'jabber:iq:roster')) return result(iq, ROSTER)
  if (iq.getChild('blocklist', 'urn:xmpp:blocking'))
    return result(iq, `<blocklist xmlns='urn:xmpp:blocking'/>`)
  if (
    iq.getChild('query', 'http://jabber.org/protocol/disco#info') &&
    iq.attrs['to'] === 'montague.example'
  ) {
    return `<iq type='result' id='${escape(String(iq.attrs['id']))}' from='montague.example'>${INFO}</iq>`
  }
  return undefined
}

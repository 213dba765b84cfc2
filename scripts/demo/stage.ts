/** The stage: a private Prosody with everybody's account and roster, and what was said to Romeo while he was away. */
import { startProsody, type Prosody } from '../../test/helpers/prosody.ts'
import { xml } from '../../src-main/protocol/xml.ts'
import { connectPeer } from '../../test/helpers/peer.ts'
import { DOMAIN, PASSWORD, PEOPLE, WHILE_AWAY } from './cast.ts'

export const ROMEO = `romeo@${DOMAIN}`

export async function buildStage(): Promise<Prosody> {
  const server = await startProsody({ domain: DOMAIN })
  for (const name of ['romeo', 'paris', ...PEOPLE.map((person) => person.name)])
    server.addUser(name, PASSWORD)
  const contacts = PEOPLE.map(({ name, fullName, groups }) => ({
    jid: `${name}@${DOMAIN}`,
    name: fullName,
    groups,
  }))
  server.setRoster('romeo', contacts)
  for (const { name } of PEOPLE) server.setRoster(name, [{ jid: ROMEO, name: 'Romeo' }])
  for (const [name, body] of WHILE_AWAY) await leaveMessage(server, name, body)
  return server
}

async function leaveMessage(server: Prosody, name: string, body: string): Promise<void> {
  const peer = await connectPeer(server, name, PASSWORD, { silent: true })
  peer.say(ROMEO, body)
  // The answer to a later request says that the message was taken.
  await peer.request('get', xml('ping', { xmlns: 'urn:xmpp:ping' }))
  peer.close()
}

/** Roster versions (RFC 6121 §2.6) against a real Prosody: what is unchanged is not sent again, and nothing is ever missed. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BareJid } from '../../src-main/model/jid.ts'
import { createIq, type Iq } from '../../src-main/protocol/iq.ts'
import { fetchRoster, parseRosterPush, setRosterItem } from '../../src-main/protocol/roster.ts'
import type { Stream } from '../../src-main/protocol/stream.ts'
import { createConnect } from '../../src-main/protocol/transport/xmpp-client.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'

const PASSWORD = 'versioned'
const NURSE = 'nurse@chat.test' as BareJid

let server: Prosody
beforeAll(async () => {
  server = await startProsody()
  server.addUser('romeo', PASSWORD)
  server.setRoster('romeo', [{ jid: 'juliet@chat.test', name: 'Juliet', groups: ['Verona'] }])
})
afterAll(() => server.dispose())

async function signIn(resource: string): Promise<{ stream: Stream; iq: Iq }> {
  const stream = await createConnect({ ca: [readFileSync(server.caFile, 'utf8')] })({
    jid: `romeo@${server.domain}` as BareJid,
    password: PASSWORD,
    resource,
    host: '127.0.0.1',
    port: server.tlsPort,
    security: 'direct-tls',
    signal: new AbortController().signal,
    onStep: () => undefined,
  })
  const iq = createIq({ stream })
  stream.onStanza((stanza) => iq.receive(stanza))
  return { stream, iq }
}

test('a second sign-in gets no items; a push moves the version on; a version that is wrong gets all', async () => {
  const first = await signIn('first')
  expect(first.stream.features.rosterVersioning).toBe(true)
  const roster = await fetchRoster(first.iq, '')
  if (roster === 'unchanged') throw new Error('nothing was known yet')
  expect(roster.items.map(({ jid }) => jid)).toEqual(['juliet@chat.test'])
  const known = roster.version
  expect(known).toBeTruthy()

  const second = await signIn('second')
  expect(await fetchRoster(second.iq, known)).toBe('unchanged')

  const pushed = new Promise<string | undefined>((resolve) => {
    second.stream.onStanza((stanza) => {
      const push = parseRosterPush(stanza, second.stream.ownBareJid)
      if (push.kind === 'upserted' && push.item.jid === NURSE) resolve(push.version)
    })
  })
  await setRosterItem(first.iq, { jid: NURSE, name: 'Nurse', groups: [] })
  const moved = await pushed
  expect(moved).toBeTruthy()
  expect(moved).not.toBe(known)

  const third = await signIn('third')
  expect(await fetchRoster(third.iq, moved)).toBe('unchanged')
  for (const wrong of [known, 'damaged', 'ü'.repeat(500)]) {
    const whole = await fetchRoster(third.iq, wrong)
    expect(whole).toMatchObject({ version: moved })
    expect(whole === 'unchanged' ? [] : whole.items.map(({ jid }) => jid).sort()).toEqual([
      'juliet@chat.test',
      NURSE,
    ])
  }
  await Promise.all([first, second, third].map(({ stream }) => stream.close()))
})

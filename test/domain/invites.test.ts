/** Invitations: made, known again once, and nobody else's; and what counts as a link to one. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { parseXmppUri, readInvitationLink } from '../../src-main/model/xmpp-uri.ts'
import { writeInvitationUri } from '../../src-main/protocol/xep-0379-pre-auth.ts'
import type { FakeStream } from '../helpers/fake-stream.ts'
import { JULIET, jid, NOW, result, ROMEO, setStage, settle, startOnline, type Stage } from './stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const asks = (token: string, from = JULIET): string =>
  `<presence from='${from}' to='${ROMEO}' type='subscribe'><preauth xmlns='urn:xmpp:pars:0' token='${token}'/></presence>`
async function makeToken(stage: Stage, stream: FakeStream): Promise<string> {
  const making = stage.app.createInvite(1)
  await settle()
  const request = stream.sent().findLast((stanza) => stanza.is('iq'))
  if (request) stream.receive(result(request, `<query xmlns='http://jabber.org/protocol/disco#items'/>`))
  const { uri, landing, expiresAt } = await making
  expect(landing).toBeUndefined()
  expect(expiresAt).toBe(NOW + 7 * 24 * 3_600_000)
  return parseXmppUri(uri)?.preauth ?? ''
}

describe('an own invitation', () => {
  test('lets in who brings its token, once', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    const token = await makeToken(stage, stream)
    expect(token).not.toBe('')
    const answers = (to: string): unknown[] =>
      stream
        .sent()
        .filter((stanza) => stanza.is('presence') && stanza.attrs['to'] === to)
        .map((stanza): unknown => stanza.attrs['type'])
    stream.receive(asks(token))
    expect(answers(JULIET)).toEqual(['subscribed', 'subscribe'])
    expect(stage.events('subscription.requested')).toEqual([])

    const tybalt = jid('tybalt@capulet.example')
    stream.receive(asks(token, tybalt))
    expect(answers(tybalt)).toEqual([])
    expect(stage.events('subscription.requested').map(({ request }) => request.jid)).toEqual([tybalt])
  })

  test('a token that was never given is a request like any other', async () => {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.receive(asks('guessed'))
    expect(stage.events('subscription.requested').length).toBe(1)
  })
})

describe('an invitation to an account', () => {
  const COMMAND = `xmlns='http://jabber.org/protocol/commands' node='urn:xmpp:invite#create-account' sessionid='s'`
  const FORM = `<command ${COMMAND} status='executing'><x xmlns='jabber:x:data' type='form'>
    <field var='username' type='text-single'><required/></field>
    <field var='roster-subscription' type='boolean'/></x></command>`
  const DONE = `<command ${COMMAND} status='completed'><x xmlns='jabber:x:data' type='result'>
    <field var='uri'><value>xmpp:montague.example?register;preauth=T</value></field></x></command>`

  /** Answers each step with the next of these; gives what the steps were. */
  async function run(answers: { name: string; values: string[] }[] | undefined, ...steps: string[]) {
    const stage = setStage()
    const stream = await startOnline(stage)
    stream.sent()
    const given = answers?.map((each) => ({ ...each, type: 'text-single' as const }))
    const making = stage.app.createAccountInvite({ accountId: 1, ...(given && { answers: given }) })
    const outcome = making.catch((error: unknown) => String(error))
    const sent: string[] = []
    for (const step of steps) {
      await settle()
      const request = stream.sent().find((stanza) => stanza.is('iq'))
      if (request === undefined) break
      sent.push(String(request.getChild('command')?.attrs['action']))
      stream.receive(result(request, step).replace('<iq ', `<iq from='${request.attrs['to']}' `))
    }
    await settle()
    return { outcome: await outcome, sent, left: stream.sent().filter((stanza) => stanza.is('iq')) }
  }

  test('is asked for what the server insists on, and leaves nothing open there', async () => {
    const { outcome, sent, left } = await run(undefined, FORM, `<command ${COMMAND} status='canceled'/>`)
    expect(outcome).toMatchObject({ kind: 'asked', form: { fields: [{ name: 'username' }, {}] } })
    expect(sent).toEqual(['execute', 'cancel'])
    expect(left).toEqual([])
  })

  test('is made with the answers', async () => {
    const { outcome, sent } = await run([{ name: 'username', values: ['paris'] }], FORM, DONE)
    expect(outcome).toMatchObject({
      kind: 'made',
      invite: { uri: 'xmpp:montague.example?register;preauth=T' },
    })
    expect(sent).toEqual(['execute', 'complete'])
  })

  test('is asked again where the answers do not do', async () => {
    const again = await run([{ name: 'username', values: ['taken'] }], FORM, FORM, FORM)
    expect(again.outcome).toMatchObject({ kind: 'asked' })
    expect(again.sent).toEqual(['execute', 'complete', 'cancel'])
  })

  test('fails with the reason of the server, where it gives one', async () => {
    const no = `<command ${COMMAND} status='completed'><note type='error'>Full up.</note></command>`
    expect((await run(undefined, no)).outcome).toContain('refused-by-server')
    const silent = `<command ${COMMAND} status='completed'/>`
    expect((await run(undefined, silent)).outcome).toContain('unreadable-answer')
  })
})

test('what the server offers is asked once', async () => {
  const stage = setStage()
  const stream = await startOnline(stage)
  stream.sent()
  const asked = [stage.app.createInvite(1), stage.app.offersAccountInvites(1)] as const
  await settle()
  const requests = stream.sent().filter((stanza) => stanza.is('iq'))
  expect(requests).toHaveLength(1)
  for (const request of requests) {
    const from = `<iq from='${request.attrs['to']}' `
    stream.receive(
      result(request, `<query xmlns='http://jabber.org/protocol/disco#items'/>`).replace('<iq ', from),
    )
  }
  expect(await asked[1]).toBe(false)
  expect((await asked[0]).uri).toContain('preauth=')
})

test('a token is over after its time, and belongs to one account', () => {
  const { storage } = setStage()
  storage.putInviteToken(1, 'a', NOW + 1000, NOW)
  expect(storage.takeInviteToken(2, 'a', NOW)).toBe(false)
  expect(storage.takeInviteToken(1, 'a', NOW + 1000)).toBe(false)
  expect(storage.takeInviteToken(1, 'a', NOW)).toBe(true)
  expect(storage.takeInviteToken(1, 'a', NOW)).toBe(false)
})

describe('links', () => {
  test('what is written is read', () => {
    const uri = writeInvitationUri(jid('r;m%o@montague.example'), 'a b&c')
    expect(parseXmppUri(uri)).toMatchObject({
      jid: 'r;m%o@montague.example',
      action: 'roster',
      preauth: 'a b&c',
    })
  })

  test.each([
    ['xmpp:romeo@montague.example?roster;preauth=T;name=Romeo', 'T'],
    ['https://juicy.example/i/#romeo@montague.example?roster;preauth=T', 'T'],
    ['https://juicy.example/i/#xmpp:romeo@montague.example?roster;preauth=T', 'T'],
    [' xmpp:romeo@montague.example?subscribe;preauth=T ', 'T'],
    ['xmpp:romeo@montague.example?message;preauth=T', undefined],
    [`xmpp:romeo@montague.example?roster;preauth=${'T'.repeat(257)}`, undefined],
  ])('%s', (text, preauth) => {
    expect(readInvitationLink(text)?.preauth).toBe(preauth)
    expect(readInvitationLink(text)?.jid).toBe('romeo@montague.example')
  })

  test.each([
    'https://example.com/invite/#TOKEN',
    'https://example.com/',
    'http://a.example/#b@c.example',
    'romeo',
  ])('%s is none', (text) => {
    expect(readInvitationLink(text)).toBeUndefined()
  })
})

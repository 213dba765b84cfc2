/**
 * RFC 6121 appendix A between two accounts of a real Prosody: every state that a server lets them reach, each side by what
 * its own Linnet shows.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startLiveApp, type LiveApp } from '../helpers/live-app.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'

const PASSWORD = 'wherefore'

let server: Prosody
let romeo: LiveApp
let juliet: LiveApp

beforeAll(async () => {
  server = await startProsody()
  for (const name of ['romeo', 'juliet']) server.addUser(name, PASSWORD)
  server.setRoster('romeo', [{ jid: `juliet@${server.domain}` }])
  server.setRoster('juliet', [{ jid: `romeo@${server.domain}` }])
  romeo = await startLiveApp(server, 'romeo', PASSWORD)
  juliet = await startLiveApp(server, 'juliet', PASSWORD)
})
afterAll(async () => {
  await romeo.close()
  await juliet.close()
  await server.dispose()
})

/** As appendix A names it, by what the screens are drawn from. */
function stateOf({ app }: LiveApp, other: LiveApp): string {
  const { contacts, requests } = app.state()
  const contact = contacts.find(({ jid }) => jid === other.jid)
  const pending = `${contact?.ask ? ' out' : ''}${requests.some(({ jid }) => jid === other.jid) ? ' in' : ''}`
  return `${contact?.subscription ?? 'none'}${pending === '' ? '' : ` + pending${pending}`}`
}

type Verb = 'ask' | 'end' | 'revoke' | 'accept' | 'refuse'

async function act({ app, accountId }: LiveApp, verb: Verb, { jid }: LiveApp): Promise<void> {
  const contact = { accountId, jid }
  if (verb === 'ask') app.requestSubscription(contact)
  else if (verb === 'end') app.endSubscription(contact)
  else if (verb === 'revoke') app.revokeSubscription(contact)
  else await app.answerSubscription({ ...contact, answer: verb })
}

const WALK: readonly (readonly [who: 'romeo' | 'juliet', verb: Verb, romeo: string, juliet: string])[] = [
  ['romeo', 'end', 'from', 'to'],
  ['romeo', 'ask', 'from + pending out', 'to + pending in'],
  ['romeo', 'end', 'from', 'to'],
  ['romeo', 'revoke', 'none', 'none'],
  ['romeo', 'ask', 'none + pending out', 'none + pending in'],
  ['juliet', 'refuse', 'none', 'none'],
  ['romeo', 'ask', 'none + pending out', 'none + pending in'],
  ['juliet', 'ask', 'none + pending out in', 'none + pending out in'],
  ['juliet', 'accept', 'to + pending in', 'from + pending out'],
  ['juliet', 'end', 'to', 'from'],
  ['juliet', 'ask', 'to + pending in', 'from + pending out'],
  ['romeo', 'refuse', 'to', 'from'],
  ['juliet', 'ask', 'to + pending in', 'from + pending out'],
  ['romeo', 'accept', 'both', 'both'],
  ['juliet', 'revoke', 'from', 'to'],
  ['juliet', 'end', 'none', 'none'],
]

test('every state of appendix A, step by step, on both sides', async () => {
  const both = (): readonly string[] => [stateOf(romeo, juliet), stateOf(juliet, romeo)]
  const visited = new Set(both())
  expect(both()).toEqual(['both', 'both'])
  for (const [index, [who, verb, ...expected]] of WALK.entries()) {
    const [actor, other] = who === 'romeo' ? [romeo, juliet] : [juliet, romeo]
    await act(actor, verb, other)
    await expect.poll(both, { timeout: 10_000, message: `${index}: ${who} ${verb}` }).toEqual(expected)
    for (const state of both()) visited.add(state)
  }
  expect(visited.size).toBe(9)
})

test('presence follows: who is seen is there, and gone with the subscription', async () => {
  const seen = (): boolean => romeo.app.state().presences.some(({ jid }) => jid === juliet.jid)
  expect(seen()).toBe(false)
  await act(romeo, 'ask', juliet)
  await expect.poll(() => stateOf(juliet, romeo)).toBe('none + pending in')
  await act(juliet, 'accept', romeo)
  await expect.poll(seen, { timeout: 10_000 }).toBe(true)
  await act(juliet, 'revoke', romeo)
  await expect.poll(seen, { timeout: 10_000 }).toBe(false)
})

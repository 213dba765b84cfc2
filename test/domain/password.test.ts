/** A password that is changed: which one the account has after every end that the change can take (XEP-0077 §3.3). */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { answerRoster, setStage, settle, startOnline, type Stage } from './stage.ts'

const CHANGE = { accountId: 1, current: 'secret', password: 'new' }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

async function changing(): Promise<{ stage: Stage; outcome: Promise<unknown>; id: string }> {
  const stage = setStage()
  await startOnline(stage)
  stage.stream().sent()
  const outcome = stage.app.changePassword(CHANGE).catch((error: unknown) => error)
  await settle()
  const asked = stage
    .stream()
    .sent()
    .find((stanza) => stanza.getChild('query', 'jabber:iq:register'))
  expect(asked?.attrs).toMatchObject({ type: 'set', to: 'montague.example' })
  expect(asked?.getChild('query')?.getChildText('password')).toBe('new')
  return { stage, outcome, id: String(asked?.attrs['id']) }
}

const known = ({ secrets }: Stage) => [secrets.getPassword(1), secrets.get(1, 'next-password')]

test('both are kept before the server is asked; taken, the new one is the only one, and the token is gone', async () => {
  const { stage, outcome, id } = await changing()
  stage.secrets.set(1, 'token', 'of the old password')
  expect(known(stage)).toEqual(['secret', 'new'])
  stage.stream().receive(`<iq type='result' id='${id}' from='montague.example'/>`)
  expect(await outcome).toBeUndefined()
  expect(known(stage)).toEqual(['new', undefined])
  expect(stage.secrets.get(1, 'token')).toBeUndefined()
})

test('refused: nothing has changed', async () => {
  const { stage, outcome, id } = await changing()
  stage.stream().receive(`<iq type='error' id='${id}' from='montague.example'><error type='cancel'><not-allowed xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>`) // prettier-ignore
  expect(await outcome).toMatchObject({ data: { code: 'refused-by-server', condition: 'not-allowed' } })
  expect(known(stage)).toEqual(['secret', undefined])
})

test('somebody else’s answer is none', async () => {
  const { stage, id } = await changing()
  stage.stream().receive(`<iq type='result' id='${id}' from='mallory@evil.example'/>`)
  await settle()
  expect(known(stage)).toEqual(['secret', 'new'])
})

test('no answer, and the old one is right after all: the new one is forgotten', async () => {
  const { stage, outcome } = await changing()
  stage.stream().drop()
  expect(await outcome).toMatchObject({ data: { code: 'request-timeout' } })
  await settle(2000)
  expect(stage.connect.requests.at(-1)).toMatchObject({ password: 'secret', tokens: undefined })
  await answerRoster(stage.stream())
  expect(known(stage)).toEqual(['secret', undefined])
})

test('the wrong present password asks the server nothing', async () => {
  const stage = setStage()
  await startOnline(stage)
  stage.stream().sent()
  await expect(stage.app.changePassword({ ...CHANGE, current: 'guess' })).rejects.toThrow('wrong-password')
  expect(stage.stream().sent()).toEqual([])
  expect(known(stage)).toEqual(['secret', undefined])
})

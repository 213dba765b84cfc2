/** What opens a room opens it after the next start too, without being in the database; whoever leaves it is asked again. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { answerRoster, NOW, ROMEO, settle, setStage, startOnline, type Stage } from '../stage.ts'
import { answerInfo, joinOf, occupant, PLAIN, refusal, ROOM, room } from './fake-room.ts'

beforeEach(() => vi.useFakeTimers({ now: NOW }))
afterEach(() => vi.useRealTimers())

const LOCKED = [...PLAIN, 'muc_passwordprotected']

async function joinWith(stage: Stage, password: string | undefined) {
  const stream = await startOnline(stage)
  const wish = { accountId: 1, jid: ROOM, nick: 'romeo', autojoin: false }
  await stage.app.joinRoom({ ...wish, ...(password === undefined ? {} : { password }) })
  await settle()
  return { stream, join: joinOf(await answerInfo(stream, LOCKED)) }
}
const saidBy = (join: ReturnType<typeof joinOf>): string | null | undefined =>
  join.getChild('x')?.getChildText('password')

async function nextRun(before: Stage): Promise<string | null | undefined> {
  await before.app.stop()
  const stage = setStage({ storage: before.storage, secrets: before.secrets, accounts: [ROMEO] })
  stage.app.start()
  await settle()
  return saidBy(joinOf(await answerRoster(stage.stream())))
}

test('one that let us in does so after the next start', async () => {
  const stage = setStage()
  const { stream, join } = await joinWith(stage, 'sesame')
  expect(saidBy(join)).toBe('sesame')
  stream.receive(occupant('romeo', { codes: [110] }))
  await settle()
  expect(stage.secrets.rooms.get(1, ROOM)).toBe('sesame')
  expect(JSON.stringify(stage.storage.listRooms())).not.toContain('sesame')
  expect(await nextRun(stage)).toBe('sesame')
})

test('one that did not is not kept', async () => {
  const stage = setStage()
  const { stream } = await joinWith(stage, 'open, barley')
  stream.receive(refusal('not-authorized'))
  await settle()
  expect(room(stage).problem).toEqual({ code: 'password', wrong: true })
  expect(stage.secrets.rooms.get(1, ROOM)).toBeUndefined()
})

test('it goes when the room is left', async () => {
  const stage = setStage()
  const { stream } = await joinWith(stage, 'sesame')
  stream.receive(occupant('romeo', { codes: [110] }))
  await settle()
  await stage.app.leaveRoom({ conversationId: room(stage).conversationId })
  expect(stage.secrets.rooms.get(1, ROOM)).toBeUndefined()
  await stage.app.joinRoom({ accountId: 1, jid: ROOM, nick: 'romeo', autojoin: false })
  await settle()
  expect(saidBy(joinOf(stream.sent().slice(-1)))).toBeNull()
})

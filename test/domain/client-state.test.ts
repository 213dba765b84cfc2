/** XEP-0352: the server hears when nobody looks, and at once when somebody does again; where it wants to hear it. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { FakeStream } from '../helpers/fake-stream.ts'
import { NOW, setStage, settle, startOnline, type Stage } from './stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

async function online(clientState = true): Promise<{ stage: Stage; stream: FakeStream }> {
  const stage = setStage()
  stage.connect.outcomes.push({ features: { clientState } })
  return { stage, stream: await startOnline(stage) }
}

test('no window to look at is inactive, one is active at once', async () => {
  const { stage, stream } = await online()
  stage.app.setVisible(true)
  expect(stream.activity).toEqual([])
  stage.app.setVisible(false)
  stage.app.setVisible(false)
  expect(stream.activity).toEqual([false])
  stage.app.setVisible(true)
  expect(stream.activity).toEqual([false, true])
})

test('a user who is away is inactive, whatever is shown', async () => {
  const { stage, stream } = await online()
  stage.app.setIdle({ level: 'away', since: NOW })
  stage.app.setIdle({ level: 'xa', since: NOW })
  stage.app.setVisible(false)
  stage.app.setVisible(true)
  expect(stream.activity).toEqual([false])
  stage.app.setIdle({ level: 'active' })
  expect(stream.activity).toEqual([false, true])
})

test('a resumed stream has forgotten it, a fresh one never knew', async () => {
  const { stage, stream } = await online()
  stage.app.setVisible(false)
  stream.interrupt()
  stream.resume()
  expect(stream.activity).toEqual([false, false])
  stage.connect.outcomes.push({ features: { clientState: true } })
  stream.drop()
  await settle(1000)
  const request = stage.stream().sent()[0]
  stage
    .stream()
    .receive(`<iq type='result' id='${String(request?.attrs['id'])}'><query xmlns='jabber:iq:roster'/></iq>`)
  await settle()
  expect(stage.stream().activity).toEqual([false])
})

test('what changes while the socket is gone is told when it is back', async () => {
  const { stage, stream } = await online()
  stream.interrupt()
  stage.app.setVisible(false)
  stream.resume()
  expect(stream.activity).toEqual([false])
})

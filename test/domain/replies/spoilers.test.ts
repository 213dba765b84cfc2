/** XEP-0382: what is hidden until it is asked for. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { JULIET, NOW, only, setStage, startOnline } from '../stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const NS = 'urn:xmpp:spoiler:0'

async function receiveSpoiler(
  spoilers: string,
  languages: readonly string[] = ['en'],
  bodies = '<body>x</body>',
) {
  const stage = setStage({ languages: () => languages })
  const stream = await startOnline(stage)
  stream.receive(`<message from='${JULIET}/x' type='chat' id='m1'>${bodies}${spoilers}</message>`)
  const [message] = stage.app.pageMessages({ conversationId: 1, limit: 1 }).messages
  return { message, stage }
}

test('comes with its hint, and the list knows that there is something to hide', async () => {
  const { message, stage } = await receiveSpoiler(`<spoiler xmlns='${NS}'>the end</spoiler>`)
  expect(message).toMatchObject({ body: 'x', spoiler: 'the end' })
  expect(stage.app.state().conversations[0]?.last).toMatchObject({ spoiler: 'the end' })
})

test('may come without a hint', async () => {
  const { message } = await receiveSpoiler(`<spoiler xmlns='${NS}'/>`)
  expect(message?.spoiler).toBe('')
})

test('the hint is in the language of the words, else in one that is read', async () => {
  const hints = `<spoiler xmlns='${NS}' xml:lang='en'>end</spoiler><spoiler xmlns='${NS}' xml:lang='ca'>fi</spoiler>`
  expect((await receiveSpoiler(hints, ['ca'])).message?.spoiler).toBe('fi')
  const bodies = `<body xml:lang='en'>both die</body><body xml:lang='ca'>moren</body>`
  expect((await receiveSpoiler(hints, ['en'], bodies)).message).toMatchObject({
    body: 'both die',
    spoiler: 'end',
  })
  expect((await receiveSpoiler(hints, ['zh'])).message?.spoiler).toBe('end')
})

test('goes out with its hint, or without', async () => {
  const stage = setStage()
  const stream = await startOnline(stage)
  stage.app.openConversation({ accountId: 1, jid: JULIET })
  stage.app.sendMessage({ conversationId: 1, body: 'both die', spoiler: 'the end' })
  expect(only(stream.sent(), 'message').getChildText('spoiler')).toBe('the end')
  const message = stage.app.sendMessage({ conversationId: 1, body: 'both die', spoiler: '' })
  expect(only(stream.sent(), 'message').getChild('spoiler', NS)?.children).toEqual([])
  expect(message.spoiler).toBe('')
})

/** Which language of a message is shown (RFC 4647 §3.4), and that the others are kept. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { chooseText } from '../../src-main/domain/languages.ts'
import { JULIET, NOW, setStage, startOnline } from './stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

describe('who reads', () => {
  test.each<[string[], string[], string]>([
    [['en'], ['en', 'de'], 'en'],
    [['de'], ['en', 'de'], 'de'],
    [['fr'], ['en', 'de'], 'en'],
    [['fr', 'de'], ['en', 'de'], 'de'],
    [['de-AT'], ['en', 'de'], 'de'],
    [['DE-at'], ['en', 'de-AT'], 'de-AT'],
    [['de'], ['en', 'de-AT'], 'de-AT'],
    [['zh-CN'], ['en', 'zh-Hans-CN'], 'zh-Hans-CN'],
    [['zh-CN'], ['en', 'zh-TW', 'zh'], 'zh'],
    [['zh-Hant-x-a-b'], ['en', 'zh-Hant'], 'zh-Hant'],
    [['den'], ['en', 'de'], 'en'],
    [['en'], ['', 'en-GB'], 'en-GB'],
    [['fr'], ['', 'en'], ''],
    [[], ['cs', 'en'], 'cs'],
    [['', '-', 'x'], ['cs', 'en'], 'cs'],
  ])('%j, offered %j, sees %s', (wanted, offered, expected) => {
    const versions = offered.map((lang) => ({ lang, body: `in ${lang}` }))
    const chosen = chooseText({ body: versions[0]?.body ?? '', versions }, wanted)
    expect(chosen.body).toBe(`in ${expected}`)
    expect(chosen.languages?.shown).toBe(expected)
    expect(chosen.languages?.others.map(({ lang }) => lang)).toEqual(
      offered.filter((one) => one !== expected),
    )
  })

  test('one language alone is no choice', () => {
    expect(chooseText({ subject: 's', body: 'b' }, ['fr'])).toEqual({ subject: 's', body: 'b' })
  })
})

describe.each(['chat', 'normal', 'headline'])('type %s', (type) => {
  test('is shown in the user’s language and keeps the others', async () => {
    const stage = setStage({ languages: () => ['de-DE', 'en'] })
    const stream = await startOnline(stage)
    stream.receive(`<message from='${JULIET}/b' type='${type}' xml:lang='en'>
      <subject>Hello</subject><subject xml:lang='de'>Hallo</subject>
      <body>Good night</body><body xml:lang='de'>Gute Nacht</body><body xml:lang='de'>Zweite</body></message>`)
    const { conversations, inbox, feed } = stage.app.state()
    const kept =
      type === 'chat'
        ? stage.app.pageMessages({ conversationId: conversations[0]?.id ?? 0, limit: 1 }).messages[0]
        : type === 'normal'
          ? stage.app.getSingle(inbox.messages[0]?.id ?? 0)
          : stage.app.getFeedItem(feed[0]?.id ?? 0)
    expect(kept).toMatchObject({
      body: 'Gute Nacht',
      languages: { shown: 'de', others: [{ lang: 'en', subject: 'Hello', body: 'Good night' }] },
    })
    expect(stage.logs).toContainEqual(
      expect.objectContaining({ message: 'two texts in one language: the first counts' }),
    )
  })
})

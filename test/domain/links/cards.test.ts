/** XEP-0511: what the sender says of links, and what is not believed (S15, S16). */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { cardsFor } from '../../../src-main/domain/links/cards.ts'
import { JULIET, NOW, only, setStage, startOnline } from '../stage.ts'

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

const card = (url: string) => ({ url, title: 'a page', description: '', site: '' })

describe('S16: a card', () => {
  test('of a page that the words do not link to is left out', () => {
    const cards = [card('https://a.example/'), card('https://bank.example/login')]
    expect(cardsFor('look: https://a.example.', cards)).toEqual([card('https://a.example/')])
    expect(cardsFor('https://a.example/else', cards)).toBeUndefined()
    expect(cardsFor('nothing', cards)).toBeUndefined()
  })

  test('is found whatever stands around the link, and in its normal form', () => {
    for (const body of [
      '(https://a.example/)',
      'HTTPS://A.EXAMPLE',
      '*https://a.example/*',
      'see https://a.example/!',
    ]) {
      expect(cardsFor(body, [card('https://a.example/')]), body).toHaveLength(1)
    }
  })

  test('of a lookalike host is one of its own', () => {
    expect(cardsFor('https://apple.example/', [card('https://xn--pple-43d.example/')])).toBeUndefined()
  })

  test('among thousands of links costs little', () => {
    const body = Array.from({ length: 20_000 }, (_none, index) => `https://h${index}.example/`).join(' ')
    expect(cardsFor(body, [card('https://h3.example/')])).toHaveLength(1)
    expect(cardsFor(body, [card('https://h19999.example/')])).toBeUndefined()
  })
})

test('S15: a card is kept with its message, and nothing is asked of anybody for it', async () => {
  const fetchPicture = vi.fn(() => Promise.resolve(undefined))
  const stage = setStage({ fetchPicture })
  const stream = await startOnline(stage)
  const description = `<rdf:Description xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'
    xmlns:og='https://ogp.me/ns#' rdf:about='https://a.example/'>
    <og:title>&lt;script&gt;</og:title><og:image>https://tracker.example/i.png</og:image></rdf:Description>`
  stream.receive(
    `<message from='${JULIET}/x' type='chat' id='m1'><body>https://a.example/</body>${description}</message>`,
  )
  const [message] = stage.app.pageMessages({ conversationId: 1, limit: 1 }).messages
  expect(message?.links).toEqual([
    {
      ...{ url: 'https://a.example/', title: '<script>', description: '', site: '' },
      image: 'https://tracker.example/i.png',
    },
  ])
  expect(fetchPicture).not.toHaveBeenCalled()
})

describe('a card of ours', () => {
  const page = '<title>The page</title><meta name=description content="says this">'

  test('is what the page says, and goes along with the words that link to it', async () => {
    const fetchPage = vi.fn(() => Promise.resolve(page))
    const stage = setStage({ fetchPage })
    const stream = await startOnline(stage)
    stage.app.openConversation({ accountId: 1, jid: JULIET })
    const link = await stage.app.describeLink('https://a.example/x')
    expect(link).toEqual({
      url: 'https://a.example/x',
      title: 'The page',
      description: 'says this',
      site: '',
    })
    if (link === null) throw new Error('no card')
    const message = stage.app.sendMessage({ conversationId: 1, body: 'see https://a.example/x', link })
    expect(message.links).toEqual([link])
    const sent = only(stream.sent(), 'message').getChild('Description')
    expect(sent?.attrs['rdf:about']).toBe('https://a.example/x')
    expect(sent?.getChildText('title')).toBe('The page')
    expect(fetchPage).toHaveBeenCalledOnce()
  })

  test('does not go along with other words, and is bounded again', async () => {
    const stage = setStage()
    await startOnline(stage)
    stage.app.openConversation({ accountId: 1, jid: JULIET })
    const link = { ...card('https://a.example/'), title: 't'.repeat(5000) }
    expect(stage.app.sendMessage({ conversationId: 1, body: 'else', link })).not.toHaveProperty('links')
    const own = stage.app.sendMessage({ conversationId: 1, body: 'https://a.example/', link })
    expect(own.links?.[0]?.title).toHaveLength(200)
  })

  test('of a page that says nothing or is not there is none', async () => {
    expect(await setStage().app.describeLink('https://a.example/')).toBeNull()
    const empty = setStage({ fetchPage: () => Promise.resolve('<p>hi') })
    expect(await empty.app.describeLink('https://a.example/')).toBeNull()
  })
})

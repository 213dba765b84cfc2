// @vitest-environment happy-dom
import { screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, test, vi } from 'vitest'
import { createTranslator } from '../../src-main/text/text.ts'
import { conditionKey } from '../../src-renderer/components/message/condition-words.ts'
import { messageEntries } from '../../src-renderer/components/message/message-menu.ts'
import MessageBubble from '../../src-renderer/components/message/MessageBubble.svelte'
import { makeMessage } from './make-message.ts'
import { renderWithWords } from './render.ts'

function renderBubble(part: Parameters<typeof makeMessage>[1], name = 'Juliet') {
  const props = {
    message: makeMessage(1, part),
    name,
    first: true,
    last: true,
    onopenlink: vi.fn<(href: string) => void>(),
    onretry: vi.fn<() => void>(),
  }
  return { ...renderWithWords(MessageBubble, props), ...props }
}

/** What a message shows, without its time: with the signs and line breaks that are in the DOM for copying. */
function wordsOf(container: HTMLElement): string | undefined {
  const text = container.querySelector('.text')?.cloneNode(true) as HTMLElement | undefined
  for (const meta of text?.querySelectorAll('.meta') ?? []) meta.remove()
  return text?.textContent
}

/** U+202E, which turns what follows around. */
const RIGHT_TO_LEFT = String.fromCodePoint(0x202e)

/** Attack S9: whatever a stranger writes is shown as written. */
describe('hostile text is text', () => {
  const attacks = [
    '<img src=x onerror=alert(1)>',
    '<script>alert(1)</script>',
    '<svg/onload=alert(1)>',
    '<a href="javascript:alert(1)">click</a>',
    '"><iframe src="https://evil.example"></iframe>',
    '{@html "<b>x</b>"} {body}',
    '<style>*{display:none}</style>',
    '&lt;b&gt; &amp; &#x3c;',
    '<!-- --><b>bold</b>',
    `${RIGHT_TO_LEFT}evil ${RIGHT_TO_LEFT}x`,
  ]

  test.each(attacks)('as a body: %s', (body) => {
    const { container } = renderBubble({ body })
    expect(wordsOf(container)).toBe(body)
    const tags = [...container.querySelectorAll('.text *')].map(({ tagName }) => tagName)
    expect(tags.filter((tag) => !['P', 'SPAN', 'A', 'BDI', 'TIME'].includes(tag))).toEqual([])
    for (const link of container.querySelectorAll('a')) expect(link.href).toMatch(/^https:/)
  })

  test.each(attacks)('as an error and a name: %s', (text) => {
    const { container } = renderBubble(
      { direction: 'out', state: 'failed', error: { condition: text, text } },
      text,
    )
    expect(container.textContent).toContain(text)
    expect(container.querySelector('img, script, svg[onload], iframe, style, b, a')).toBeNull()
  })
})

describe('links', () => {
  test('ask to be opened, and the window stays where it is', async () => {
    const { onopenlink } = renderBubble({ body: 'see https://linnet.im/a and juliet@capulet.com' })
    const before = location.href
    await userEvent.click(screen.getByRole('link', { name: 'https://linnet.im/a' }))
    await userEvent.pointer({
      keys: '[MouseMiddle]',
      target: screen.getByRole('link', { name: 'juliet@capulet.com' }),
    })
    expect(onopenlink.mock.calls).toEqual([['https://linnet.im/a'], ['mailto:juliet@capulet.com']])
    expect(location.href).toBe(before)
  })
})

describe('states', () => {
  test.each([
    ['pending', 'Waiting to be sent', '等待发送'],
    ['sent', 'Sent', '已发送'],
  ] as const)('%s is told by a named sign', async (state, english, chinese) => {
    const { setLocale } = renderBubble({ direction: 'out', state })
    expect(screen.getByRole('img', { name: english })).toBeTruthy()
    await setLocale('zh-CN')
    expect(screen.getByRole('img', { name: chinese })).toBeTruthy()
  })

  test('a received one has no sign', () => {
    renderBubble({})
    expect(screen.queryByRole('img')).toBeNull()
  })

  test('a failed one says so, why, and can be tried again', async () => {
    const error = { condition: 'remote-server-not-found', text: 'no route' }
    const { onretry } = renderBubble({ direction: 'out', state: 'failed', error })
    await userEvent.click(screen.getByRole('button', { name: 'Not sent · Retry' }))
    expect(onretry).toHaveBeenCalledOnce()
    await userEvent.click(screen.getByText('Why was it not sent?'))
    expect(screen.getByText('The recipient’s server could not be found.')).toBeTruthy()
    expect(screen.getByText(/remote-server-not-found/).textContent).toContain('no route')
  })

  // RFC 6120 §8.3.3, in its order.
  test.each([
    'blocked',
    ...['bad-request', 'conflict', 'feature-not-implemented', 'forbidden', 'gone', 'internal-server-error'],
    ...['item-not-found', 'jid-malformed', 'not-acceptable', 'not-allowed', 'not-authorized'],
    ...['policy-violation', 'recipient-unavailable', 'redirect', 'registration-required'],
    ...['remote-server-not-found', 'remote-server-timeout', 'resource-constraint', 'service-unavailable'],
    ...['subscription-required', 'unexpected-request'],
  ])('the condition %s has words of its own', (condition) => {
    expect(conditionKey(condition)).not.toBe(conditionKey('undefined-condition'))
  })

  test('a condition that nobody knows has words too', () => {
    for (const condition of ['made-up', '__proto__', 'constructor', '']) {
      const { container, unmount } = renderBubble({
        direction: 'out',
        state: 'failed',
        error: { condition, text: '' },
      })
      expect(container.textContent).toContain('The server refused it and did not say why.')
      unmount()
    }
  })
})

test('the message is named by its sender and full time', () => {
  renderBubble({ sentAt: new Date(2026, 10, 19, 9, 5, 7).getTime() })
  expect(screen.getByRole('article').getAttribute('aria-label')).toBe(
    'Juliet, Thursday, 19 November 2026 at 09:05:07',
  )
})

test('a time stamp that no Date holds does not break the bubble', () => {
  const { container } = renderBubble({ body: 'hi', sentAt: 9e15 })
  expect(wordsOf(container)).toBe('hi')
})

describe('menu', () => {
  const t = createTranslator('en')
  const actions = { oncopy: vi.fn(), onretry: vi.fn(), ondiscard: vi.fn() }
  function choose(subject: Parameters<typeof messageEntries>[1], label: string): void {
    const entry = messageEntries(t, subject, actions).find(
      (one) => one !== 'separator' && one.label === label,
    )
    if (entry === undefined || entry === 'separator') throw new Error(`no ${label}`)
    entry.onselect()
  }
  const labels = (subject: Parameters<typeof messageEntries>[1]): string[] =>
    messageEntries(t, subject, actions).map((entry) => (entry === 'separator' ? '-' : entry.label))

  test('offers what fits', () => {
    const message = makeMessage(1)
    expect(labels({ message, selection: '' })).toEqual(['Copy text'])
    expect(labels({ message, selection: '', href: 'https://a.example/' })).toEqual(['Copy text', 'Copy link'])
    const failed = makeMessage(1, { direction: 'out', state: 'failed' })
    expect(labels({ message: failed, selection: '' })).toEqual(['Copy text', '-', 'Retry', 'Delete'])
  })

  test('copies the selection, else the whole; the link as it opens', () => {
    const message = makeMessage(1, { body: 'whole' })
    choose({ message, selection: '' }, 'Copy text')
    choose({ message, selection: 'hol' }, 'Copy text')
    choose({ message, selection: '', href: 'https://a.example/' }, 'Copy link')
    expect(actions.oncopy.mock.calls).toEqual([['whole'], ['hol'], ['https://a.example/']])
  })

  test('retries and deletes by id', () => {
    const message = makeMessage(7, { direction: 'out', state: 'failed' })
    choose({ message, selection: '' }, 'Retry')
    choose({ message, selection: '' }, 'Delete')
    expect([actions.onretry.mock.calls, actions.ondiscard.mock.calls]).toEqual([[[7]], [[7]]])
  })
})

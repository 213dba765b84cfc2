// @vitest-environment happy-dom
import { screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, test, vi } from 'vitest'
import { conditionKey } from '../../src-renderer/components/message/condition-words.ts'
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

  test('delivered and displayed are told with their times, each by a shape of its own', async () => {
    const sentAt = new Date(2026, 10, 21, 12, 0).getTime()
    const known = { direction: 'out', state: 'sent', sentAt, deliveredAt: sentAt + 180_000 } as const
    const step = () => screen.getByRole('img').getAttribute('data-step')
    const first = renderBubble(known)
    expect(screen.getByRole('img', { name: 'Delivered 12:03' })).toBeTruthy()
    expect(step()).toBe('delivered')
    first.unmount()
    const { setLocale, unmount } = renderBubble({ ...known, displayedAt: sentAt + 300_000 })
    expect(screen.getByRole('img', { name: 'Delivered 12:03, displayed 12:05' })).toBeTruthy()
    expect(step()).toBe('displayed')
    await setLocale('zh-CN')
    expect(screen.getByRole('img', { name: '12:03 已送达，12:05 已读' })).toBeTruthy()
    unmount()
    renderBubble({ ...known, displayedAt: sentAt + 86_400_000 })
    expect(screen.getByRole('img', { name: /displayed Sunday, 22 November 2026/ })).toBeTruthy()
  })

  test.each(['pending', 'failed'] as const)('one that is %s shows no more than that', (state) => {
    renderBubble({ direction: 'out', state, deliveredAt: 1, displayedAt: 2 })
    expect(screen.queryByRole('img', { name: /elivered|isplayed/ })).toBeNull()
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

describe('taken back by a room’s moderator (XEP-0425)', () => {
  const at = { body: '', retractedAt: 5, author: { nick: 'Iago' } }

  test.each([
    [{ reason: 'Lies' }, 'Removed by a moderator: Lies'],
    [{ by: 'Othello', reason: '' }, 'Removed by the moderator Othello'],
    [{ by: 'Othello', reason: 'Lies' }, 'Removed by the moderator Othello: Lies'],
  ])('says so, with who and why: %o', (moderated, words) => {
    renderBubble({ ...at, moderated })
    expect(screen.getByText(words)).toBeTruthy()
  })

  test('of our own it says that it was ours', () => {
    renderBubble({ ...at, direction: 'out', moderated: { by: 'Othello', reason: 'Lies' } })
    expect(screen.getByText('A moderator removed your message: Lies')).toBeTruthy()
  })
})

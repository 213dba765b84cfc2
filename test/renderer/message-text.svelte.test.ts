// @vitest-environment happy-dom
/** How a body is shown: styling (XEP-0393), actions (XEP-0245), directions, and long ones. */
import { screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import fc from 'fast-check'
import { createRawSnippet } from 'svelte'
import { describe, expect, test, vi } from 'vitest'
import MessageBubble from '../../src-renderer/components/message/MessageBubble.svelte'
import MessageText from '../../src-renderer/components/message/MessageText.svelte'
import { makeMessage } from './make-message.ts'
import { renderWithWords } from './render.ts'

function show(text: string, part: { unstyled?: boolean; actor?: string } = {}) {
  const props = {
    text,
    onopenlink: vi.fn<(href: string) => void>(),
    oncopy: vi.fn<(text: string) => void>(),
    ...part,
  }
  const rendered = renderWithWords(MessageText, props)
  const element = rendered.container.querySelector<HTMLElement>('.text')
  if (element === null) throw new Error('no text')
  return { ...rendered, ...props, element }
}
const tagged = (element: HTMLElement, tag: string): string[] =>
  [...element.querySelectorAll(tag)].map(({ textContent }) => textContent)

describe('styling', () => {
  test('spans are elements, the marks are there and silent', () => {
    const { element } = show('*strong* _emphasis_ ~struck~ `*code*`')
    expect(tagged(element, 'strong')).toEqual(['*strong*'])
    expect(tagged(element, 'em')).toEqual(['_emphasis_'])
    expect(tagged(element, 's')).toEqual(['~struck~'])
    expect(tagged(element, 'code')).toEqual(['`*code*`'])
    expect(element.querySelector('code')?.dir).toBe('ltr')
    const marks = [...element.querySelectorAll('.mark')]
    expect(marks.map(({ textContent }) => textContent).join('')).toBe('**__~~``')
    expect(marks.every((mark) => mark.getAttribute('aria-hidden') === 'true')).toBe(true)
  })

  test('quotes are quotes, as deep as they are', () => {
    const { element } = show('>> That that is, is.\n> Said the old hermit of Prague.\n\nWho?')
    const [outer, inner] = element.querySelectorAll('blockquote')
    expect(outer?.contains(inner ?? null)).toBe(true)
    expect(inner?.querySelector('.words')?.textContent).toBe('That that is, is.\n')
    expect(element.lastElementChild?.tagName).toBe('P')
  })

  test('code is a box from left to right that says its language and copies itself', async () => {
    const { element, oncopy, setLocale } = show('```rust\n> fn main() {\n\tno(*style*)\n}\n```\nafter')
    const box = screen.getByRole('group', { name: 'Code: rust' })
    expect(box.textContent).toBe('> fn main() {\n\tno(*style*)\n}\n')
    expect(box.closest('[dir]')?.getAttribute('dir')).toBe('ltr')
    expect(element.querySelectorAll('blockquote, strong').length).toBe(0)
    await userEvent.click(screen.getByRole('button', { name: 'Copy code' }))
    expect(oncopy.mock.calls).toEqual([['> fn main() {\n\tno(*style*)\n}']])
    expect(screen.getByRole('button', { name: 'Copied' })).toBeTruthy()
    await setLocale('zh-CN')
    expect(screen.getByRole('group', { name: '代码：rust' })).toBeTruthy()
  })

  test('code in a quote is copied without the signs of the quote', async () => {
    const { oncopy } = show('> ```\n> one\n>  two\nend')
    await userEvent.click(screen.getByRole('button', { name: 'Copy code' }))
    expect(oncopy.mock.calls).toEqual([['one\n two']])
  })

  test('links are found in styled words, not in code', () => {
    const { element } = show(
      '*https://a.example/x* > `https://b.example`\n```\nhttps://c.example\n```\n> https://d.example',
    )
    expect([...element.querySelectorAll('a')].map(({ href }) => href)).toEqual([
      'https://a.example/x',
      'https://d.example/',
    ])
  })

  test('the sender may want it unstyled', () => {
    const { element } = show('> _ <\n*no*\n```', { unstyled: true })
    expect(element.textContent).toBe('> _ <\n*no*\n```')
    expect(element.querySelector('blockquote, strong, em, pre, .mark, .sign')).toBeNull()
  })

  test('whatever the text: it is all there, as text', () => {
    const unit = fc.constantFrom(
      '*',
      '_',
      '`',
      '```',
      '> ',
      '\n',
      ' ',
      'a',
      '<b>',
      '🌙',
      'م',
      '```rust\n',
      '\n```\n',
    )
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 30 }), (units) => {
        const text = units.join('')
        const { element, unmount } = show(text)
        const pieces = [...element.querySelectorAll('.words, pre code, .sign')].filter(
          (piece) => !piece.matches('.sign') || piece.closest('pre') === null,
        )
        expect(pieces.map(({ textContent }) => textContent).join('')).toBe(text)
        unmount()
      }),
      { numRuns: 50, examples: [[['> ', '```rust\n', '> ']]] },
    )
  })
})

describe('directions', () => {
  test('each line finds its own', () => {
    const { element } = show('مرحبا\nhello\n> שלום\n> hi')
    expect([...element.querySelectorAll('p')].map(({ dir }) => dir)).toEqual(['auto', 'auto', 'auto', 'auto'])
  })
})

describe('an action', () => {
  test('is told with the name of who acts, and keeps its styling', () => {
    const { element } = show('/me *laughs*\nout loud', { actor: 'Juliet' })
    expect(element.textContent).toBe('*\u00a0Juliet *laughs*\nout loud')
    expect(tagged(element, 'strong')).toEqual(['Juliet', '*laughs*'])
    expect(element.querySelector('.star')?.getAttribute('aria-hidden')).toBe('true')
  })

  test('shows what hides in the name', () => {
    expect(show('/me laughs', { actor: 'Ju\u200bliet' }).element.textContent).toContain('JuU+200Bliet laughs')
  })

  test.each(['/me’s here', ' /me x', '/ME x', '/help'])('%j is none', (text) => {
    expect(show(text, { actor: 'Juliet' }).element.textContent).toBe(text)
  })

  test('of our own is told with our own name', () => {
    const message = makeMessage(1, { direction: 'out', body: '/me waits' })
    const rest = { name: 'Juliet', first: true, last: true, onopenlink: vi.fn(), onretry: vi.fn() }
    const { container } = renderWithWords(MessageBubble, { message, ...rest })
    expect(container.querySelector('.text')?.textContent).toMatch(/^\*\u00a0romeo waits/)
  })
})

describe('a long one', () => {
  const lines = Array.from({ length: 10_000 }, (_, index) => `line ${index + 1}`)
  const paragraphs = (container: HTMLElement): number => container.querySelectorAll('p').length

  test('shows its beginning, all of it when wanted, and its beginning again', async () => {
    const { container, element } = show(lines.join('\n'))
    expect(element.textContent).toBe(lines.slice(0, 20).join('\n'))
    const button = screen.getByRole('button', { name: 'Show all 10,000 lines' })
    expect(button.getAttribute('aria-expanded')).toBe('false')
    await userEvent.click(button)
    // What is far from the eye is not drawn.
    expect(paragraphs(container)).toBeLessThan(500)
    expect(element.textContent).toContain('line 60')
    expect(document.activeElement).toBe(element)
    await userEvent.click(screen.getByRole('button', { name: 'Show less' }))
    expect(paragraphs(container)).toBe(20)
  })

  test('of one line is cut after a word', () => {
    const { element } = show('word '.repeat(13_000))
    expect(element.textContent).toMatch(/^(word )+word…$/)
    expect(screen.getByRole('button', { name: 'Show all 65,000 characters' })).toBeTruthy()
  })

  test('is open or not as whoever shows it keeps it', async () => {
    const onwhole = vi.fn<(whole: boolean) => void>()
    const props = { text: lines.join('\n'), onopenlink: vi.fn(), onwhole, whole: false }
    const { container, setProps } = renderWithWords(MessageText, props)
    await userEvent.click(screen.getByRole('button', { name: /^Show all/ }))
    expect(onwhole.mock.calls).toEqual([[true]])
    expect(paragraphs(container)).toBe(20)
    await setProps({ ...props, whole: true })
    expect(paragraphs(container)).toBeGreaterThan(20)
  })
})

test('what stands at the end is beside the last words, or below where they are no line', () => {
  const end = createRawSnippet(() => ({ render: () => '<i>end</i>' }))
  for (const [text, parent] of [
    ['a\nb', 'P'],
    ['> a', 'DIV'],
    ['```\na', 'DIV'],
    ['x\n'.repeat(50), 'DIV'],
  ] as const) {
    const { container, unmount } = renderWithWords(MessageText, { text, onopenlink: vi.fn(), end })
    expect(container.querySelector('i')?.parentElement?.tagName, text).toBe(parent)
    unmount()
  }
})

describe('copying', () => {
  const BODY = '*strong* `x`\n> quoted\n>> twice\n```rust\nfn main() {}\n```\n\nend'
  function copy(target: Element): string {
    const data = new DataTransfer()
    target.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true }))
    return data.getData('text/plain')
  }

  test('the whole gives what was written', () => {
    const { element } = show(BODY)
    getSelection()?.selectAllChildren(element)
    expect(copy(element)).toBe(BODY)
  })

  test('a part gives that part', () => {
    const { element } = show(BODY)
    const strong =
      element.querySelector('strong')?.childNodes[1]?.firstChild ?? element.querySelector('strong')
    const end = [...element.querySelectorAll('.words')].at(-1)
    const range = document.createRange()
    const walker = document.createTreeWalker(strong ?? element, NodeFilter.SHOW_TEXT)
    range.setStart(walker.currentNode.nodeType === 3 ? walker.currentNode : (walker.nextNode() as Node), 0)
    range.setEndAfter(end as Node)
    getSelection()?.removeAllRanges()
    getSelection()?.addRange(range)
    expect(BODY.endsWith(copy(element))).toBe(true)
    expect(copy(element).length).toBeGreaterThan(40)
  })

  test('nothing selected is left to the browser', () => {
    const { element } = show(BODY)
    getSelection()?.removeAllRanges()
    expect(copy(element)).toBe('')
  })
})

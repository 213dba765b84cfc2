// @vitest-environment happy-dom
/** The XML console's window: lines and words of XML, filters, what is held back, and the screen with a fake bridge. */
import { fireEvent, render, screen } from '@testing-library/svelte'
import fc from 'fast-check'
import { flushSync } from 'svelte'
import { describe, expect, test } from 'vitest'
import type { StanzaCheck, TrafficEntry } from '../../src-main/model/console.ts'
import App from '../../src-renderer/App.svelte'
import { createClient } from '../../src-renderer/bridge.ts'
import { foldsAtFirst, toLines, unfoldedLines } from '../../src-renderer/components/console/xml-lines.ts'
import { ConsoleStore } from '../../src-renderer/stores/console.svelte.ts'
import { Linnet } from '../../src-renderer/stores/linnet.svelte.ts'
import { StanzaEditor } from '../../src-renderer/stores/stanza-editor.svelte.ts'
import { createTrafficMatcher, EVERYTHING } from '../../src-renderer/stores/traffic-filter.ts'
import { createFakeBridge, type FakeBridge } from './fake-bridge.ts'
import { makeAccount } from './make.ts'

const MESSAGE = `<message from="a@b" id="1">\n  <body>a &lt; b\nnext</body>\n  <x xmlns="u">\n    <y/>\n  </x>\n</message>`

function makeEntry(number: number, part: Partial<TrafficEntry> = {}): TrafficEntry {
  return {
    number,
    direction: 'in',
    at: 1000 * number,
    kind: 'message',
    type: 'chat',
    id: `m${number}`,
    from: 'juliet@capulet.example/balcony',
    to: 'romeo@montague.example',
    about: 'body',
    xml: `<message id="m${number}">\n  <body>number ${number}</body>\n</message>`,
    whole: true,
    ...part,
  }
}

const textOf = (lines: ReturnType<typeof toLines>): string =>
  lines.map(({ depth, words }) => '  '.repeat(depth) + words.map(({ text }) => text).join('')).join('\n')

describe('lines of XML', () => {
  test('each knows its depth, its words and the end of what it opens', () => {
    const lines = toLines(MESSAGE)
    expect(lines.map(({ depth, end }) => [depth, end])).toEqual([
      [0, 5],
      [1, undefined],
      [1, 4],
      [2, undefined],
      [1, undefined],
      [0, undefined],
    ])
    expect(lines[0]?.words).toEqual([
      { kind: 'mark', text: '<' },
      { kind: 'name', text: 'message' },
      { kind: 'attribute', text: ' from' },
      { kind: 'mark', text: '="' },
      { kind: 'value', text: 'a@b' },
      { kind: 'mark', text: '"' },
      { kind: 'attribute', text: ' id' },
      { kind: 'mark', text: '="' },
      { kind: 'value', text: '1' },
      { kind: 'mark', text: '"' },
      { kind: 'mark', text: '>' },
    ])
    expect(lines[2]?.words.find(({ kind }) => kind === 'namespace')?.text).toBe('u')
    expect(textOf(lines)).toBe(MESSAGE)
  })

  test('what stands for a secret is told apart', () => {
    const [line] = toLines('<password>•••</password>')
    expect(line?.words.find(({ text }) => text === '•••')?.kind).toBe('hidden')
  })

  test('whatever it is given, not a character is lost and nothing is thrown', () => {
    const part = fc.constantFrom(
      '<a',
      '>',
      '/>',
      '</a>',
      ' b="c"',
      '\n  ',
      '\n',
      'text',
      '"',
      '<',
      '•••',
      '&lt;',
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        const xml = parts.join('')
        const lines = toLines(xml)
        const squeezed = (text: string): string => text.replace(/\s+/g, '')
        expect(squeezed(textOf(lines))).toBe(squeezed(xml))
        for (const { end } of lines) expect(end ?? 0).toBeLessThan(lines.length)
      }),
    )
  })

  test('cut off in the middle, the rest still folds', () => {
    const lines = toLines(MESSAGE.slice(0, MESSAGE.indexOf('<y/>') + 2))
    expect(lines.map(({ end }) => end)).toEqual([3, undefined, 3, undefined])
  })

  test('folded lines are left out, with what they hold', () => {
    const lines = toLines(MESSAGE)
    expect(unfoldedLines(lines, new Set([2])).map(({ index, folded }) => [index, folded])).toEqual([
      [0, false],
      [1, false],
      [2, true],
      [5, false],
    ])
    expect(unfoldedLines(lines, new Set([1, 3])).length).toBe(6)
  })

  test('a long stanza starts with its parts folded, a short one does not', () => {
    expect(foldsAtFirst(toLines(MESSAGE)).size).toBe(0)
    const items = Array.from({ length: 40 }, () => '\n    <item/>').join('')
    expect([...foldsAtFirst(toLines(`<iq>\n  <query>${items}\n  </query>\n</iq>`))]).toEqual([1])
  })
})

describe('the filter', () => {
  const entry = makeEntry(1)
  test.each([
    ['everything', EVERYTHING, true],
    ['its kind', { ...EVERYTHING, kinds: new Set(['message'] as const) }, true],
    ['another kind', { ...EVERYTHING, kinds: new Set(['iq', 'nonza'] as const) }, false],
    ['no kind', { ...EVERYTHING, kinds: new Set<never>() }, false],
    ['its direction', { ...EVERYTHING, direction: 'in' as const }, true],
    ['the other direction', { ...EVERYTHING, direction: 'out' as const }, false],
    ['a part of from', { ...EVERYTHING, address: ' JULIET@ ' }, true],
    ['a part of to', { ...EVERYTHING, address: 'montague' }, true],
    ['another address', { ...EVERYTHING, address: 'paris' }, false],
    ['its text', { ...EVERYTHING, text: 'NUMBER 1' }, true],
    ['other text', { ...EVERYTHING, text: 'number 2' }, false],
    ['white space', { ...EVERYTHING, text: '  ', address: ' ' }, true],
  ])('%s', (_what, filter, fits) => {
    expect(createTrafficMatcher(filter)(entry)).toBe(fits)
  })
})

describe('the store', () => {
  test('holds back while paused, and then shows it in order', () => {
    const store = new ConsoleStore()
    store.take([makeEntry(1)])
    store.pause(true)
    store.take([makeEntry(2)])
    store.take([makeEntry(3)])
    expect([store.shown.length, store.heldCount]).toEqual([1, 2])
    store.pause(false)
    expect(store.shown.map(({ number }) => number)).toEqual([1, 2, 3])
    expect(store.heldCount).toBe(0)
  })

  test('keeps ten thousand, and so many characters, of the latest', () => {
    const store = new ConsoleStore()
    store.take(Array.from({ length: 10_500 }, (_, n) => makeEntry(n)))
    expect(store.count).toBe(10_500)
    store.take([makeEntry(10_500)])
    expect(store.count).toBe(10_000)
    expect(store.shown[0]?.number).toBe(501)
    const large = 'x'.repeat(60_000)
    store.take(Array.from({ length: 400 }, (_, n) => makeEntry(20_000 + n, { xml: large })))
    expect(store.count).toBe(266)
    expect(store.shown.at(-1)?.number).toBe(20_399)
  })

  test('folds one, all, and all but one', () => {
    const store = new ConsoleStore()
    store.fold(1, true)
    expect([store.isFolded(1), store.isFolded(2)]).toEqual([true, false])
    store.foldAll(true)
    store.fold(2, false)
    expect([store.isFolded(1), store.isFolded(2), store.isFolded(3)]).toEqual([true, false, true])
    store.fold(2, true)
    expect(store.isFolded(2)).toBe(true)
  })

  test('knows the answer to what was sent here', () => {
    const store = new ConsoleStore()
    store.sentIds.add('x')
    const answer = makeEntry(1, { kind: 'iq', type: 'result', id: 'x' })
    expect(store.isAnswer(answer)).toBe(true)
    expect(store.isAnswer({ ...answer, direction: 'out' })).toBe(false)
    expect(store.isAnswer({ ...answer, type: 'get' })).toBe(false)
    expect(store.isAnswer({ ...answer, id: 'y' })).toBe(false)
    expect(store.isAnswer({ ...answer, kind: 'message' })).toBe(false)
  })
})

describe('the editor', () => {
  test('shows the check of what stands there now, never of what stood there', async () => {
    const waiting = new Map<string, (check: StanzaCheck) => void>()
    const editor = new StanzaEditor({
      check: (xml) => new Promise((resolve) => waiting.set(xml, resolve)),
      send: () => Promise.resolve({ risks: [] }),
      sent: () => undefined,
    })
    editor.write('<a')
    await expect.poll(() => waiting.has('<a')).toBe(true)
    editor.write('<a/>')
    await expect.poll(() => waiting.has('<a/>')).toBe(true)
    waiting.get('<a/>')?.({ risks: [], problem: { fault: 'no-stanza', detail: 'a' } })
    waiting.get('<a')?.({ risks: [], problem: { fault: 'unclosed' } })
    await expect.poll(() => editor.problem?.fault).toBe('no-stanza')
  })

  test('asks before it sends what runs a risk', async () => {
    const confirmed: unknown[] = []
    const ids: string[] = []
    const editor = new StanzaEditor({
      check: () => Promise.resolve({ risks: [] }),
      send: (_xml, given) => {
        confirmed.push(given)
        const risks = ['deletes-account'] as const
        return Promise.resolve(given.length === 0 ? { risks } : { risks, sentId: 'i' })
      },
      sent: (id) => ids.push(id),
    })
    await editor.send()
    expect(editor.asking).toEqual(['deletes-account'])
    await editor.send(editor.asking)
    expect([confirmed, ids, editor.asking]).toEqual([[[], ['deletes-account']], ['i'], []])
  })
})

describe('the window', () => {
  async function open(bridge: FakeBridge): Promise<void> {
    const linnet = new Linnet(createClient(bridge))
    render(App, { props: { linnet, conversationId: undefined, consoleAccountId: 1 } })
    await screen.findByRole('heading', { name: 'XML Console' })
  }

  test('asks for its account’s stanzas and shows them when they come', async () => {
    const bridge = createFakeBridge(
      { accounts: [makeAccount()] },
      { 'console.watch': () => ({ entries: [makeEntry(1)], templates: [] }) },
    )
    await open(bridge)
    expect(bridge.inputsOf('console.watch')).toEqual([{ accountId: 1 }])
    await expect.poll(() => screen.getByRole('status').textContent.trim()).toBe('1 of 1')
    bridge.push('console.recorded', { accountId: 1, entries: [makeEntry(2)] })
    bridge.push('console.recorded', { accountId: 2, entries: [makeEntry(3)] })
    flushSync()
    expect(screen.getByRole('status').textContent.trim()).toBe('2 of 2')
    await fireEvent.click(screen.getByRole('button', { name: 'Message' }))
    expect(screen.getByRole('status').textContent.trim()).toBe('0 of 2')
    await fireEvent.click(screen.getByRole('button', { name: 'Clear' }))
    expect(bridge.inputsOf('console.clear')).toEqual([{ accountId: 1 }])
    expect(screen.getByRole('status').textContent.trim()).toBe('0 of 0')
  })

  test('says when the account is gone', async () => {
    await open(createFakeBridge())
    expect(await screen.findByText('This account was removed.')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Send stanza' }).hasAttribute('disabled')).toBe(true)
  })
})

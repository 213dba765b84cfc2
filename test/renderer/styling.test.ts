/** XEP-0393, by its examples and beyond; the reader of hostile text is linear and loses nothing. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { excerptOf, toParts } from '../../src-renderer/components/message/long-text.ts'
import { parseSpans, type Span } from '../../src-renderer/components/message/styling-spans.ts'
import { parseStyling, plainBlocks, type Block } from '../../src-renderer/components/message/styling.ts'

const TAGS = { strong: 'b', emphasis: 'i', strike: 's', code: 'c' } as const

/** Spans as `<b>*x*</b>`, marks kept. */
function written(spans: readonly Span[]): string {
  return spans
    .map((span) => {
      if (span.kind === 'plain') return span.text
      return `<${TAGS[span.kind]}>${span.mark}${written(span.spans)}${span.mark}</${TAGS[span.kind]}>`
    })
    .join('')
}

/** Blocks one a line: `p` text, `q[...]`, `c(info)[...]`. */
function outline(blocks: readonly Block[]): string[] {
  return blocks.map((block) => {
    if (block.kind === 'line') return written(block.spans)
    if (block.kind === 'quote') return `q[${outline(block.blocks).join('|')}]`
    return `c(${block.info})[${block.lines.map(({ text }) => text).join('|')}]${block.close ? '' : '…'}`
  })
}

/** Everything that a block holds, in its order. */
function joined(blocks: readonly Block[]): string {
  return blocks
    .map((block) => {
      if (block.kind === 'quote') return joined(block.blocks)
      if (block.kind === 'line') return block.prefix + plain(block.spans) + block.end
      return [block.open, ...block.lines, block.close]
        .map((line) => (line ? line.prefix + line.text + line.end : ''))
        .join('')
    })
    .join('')
}
function plain(spans: readonly Span[]): string {
  return spans
    .map((span) => (span.kind === 'plain' ? span.text : span.mark + plain(span.spans) + span.mark))
    .join('')
}

describe('spans', () => {
  test.each([
    // §5.2, as the XEP styles them
    ['plain span', 'plain span'],
    ['*strong span*', '<b>*strong span*</b>'],
    ['plain _emphasis_ plain', 'plain <i>_emphasis_</i> plain'],
    ['`pre` plain *strong*', '<c>`pre`</c> plain <b>*strong*</b>'],
    ['*strong*plain*', '<b>*strong*</b>plain*'],
    ['* plain *strong*', '* plain <b>*strong*</b>'],
    ['Two spans, both *alike in dignity*', 'Two spans, both <b>*alike in dignity*</b>'],
    ['Everyone ~dis~likes cake.', 'Everyone <s>~dis~</s>likes cake.'],
    ['This is `monospace`', 'This is <c>`monospace`</c>'],
    ['This is `*monospace*`', 'This is <c>`*monospace*`</c>'],
    ['This is *`monospace and bold`*', 'This is <b>*<c>`monospace and bold`</c>*</b>'],
    // nothing is styled
    ['not strong*', 'not strong*'],
    ['*not strong', '*not strong'],
    ['*not *strong', '*not *strong'],
    ['**', '**'],
    ['***', '***'],
    ['****', '****'],
    ['* *', '* *'],
    ['*a *', '*a *'],
    ['2*3*4', '2*3*4'],
    ['snake_case_name', 'snake_case_name'],
    ['https://a.example/_x_/~y~', 'https://a.example/_x_/~y~'],
    ['**a**', '**a**'],
    ['"*a*"', '"*a*"'],
    ['__init__', '__init__'],
    ['*\u3000a*', '*\u3000a*'],
    // overlapping, nested, lazily matched
    ['*this cannot _overlap*_', '<b>*this cannot _overlap*</b>_'],
    ['_no pre `with *children*`_', '<i>_no pre <c>`with *children*`</c>_</i>'],
    ['*_~all of them~_*', '<b>*<i>_<s>~all of them~</s>_</i>*</b>'],
    ['*a *b* c*', '<b>*a *b*</b> c*'],
    ['*a _b_', '*a <i>_b_</i>'],
    ['_*x*', '_*x*'],
    ['_emph_~not struck~', '<i>_emph_</i>~not struck~'],
    ['*a* *b*', '<b>*a*</b> <b>*b*</b>'],
    ['\u3000*a*', '\u3000<b>*a*</b>'],
    ['*`*', '<b>*`*</b>'],
    ['`*', '`*'],
    ['*🌙*', '<b>*🌙*</b>'],
    ['*مرحبا*', '<b>*مرحبا*</b>'],
  ])('%j', (line, expected) => {
    expect(written(parseSpans(line))).toBe(expected)
  })
})

describe('blocks', () => {
  test.each<[string, string[]]>([
    [
      'There are three blocks in this body, one per line,\nbut there is no *formatting\nas spans* may not escape blocks.',
      [
        'There are three blocks in this body, one per line,',
        'but there is no *formatting',
        'as spans* may not escape blocks.',
      ],
    ],
    [
      '```ignored\n(println "Hello, world!")\n```\n\nThis should',
      ['c(ignored)[(println "Hello, world!")]', '', 'This should'],
    ],
    [
      '> ```\n> (println "Hello, world!")\n\nThe entire',
      ['q[c()[(println "Hello, world!")]…]', '', 'The entire'],
    ],
    [
      '> That that is, is.\n\nSaid the old hermit of Prague.',
      ['q[That that is, is.]', '', 'Said the old hermit of Prague.'],
    ],
    [
      '>> That that is, is.\n> Said the old hermit of Prague.\n\nWho?',
      ['q[q[That that is, is.]|Said the old hermit of Prague.]', '', 'Who?'],
    ],
    ['*not \n strong*', ['*not ', ' strong*']],
    ['```', ['c()[]…']],
    ['````', ['c(`)[]…']],
    ['```\na```', ['c()[a```]…']],
    ['```\n*a*\n> b\n``` \n```\nend', ['c()[*a*|> b|``` ]', 'end']],
    [' ```\nx', [' ```', 'x']],
    [' > x', [' > x']],
    ['>x\n>  y', ['q[x| y]']],
    ['>\n> ', ['q[|]']],
    ['> *a\n> b*', ['q[*a|b*]']],
    ['> a\nb\n> c', ['q[a]', 'b', 'q[c]']],
    ['>\u3000中\n>\tx', ['q[中|x]']],
    ['> _ <', ['q[_ <]']],
    ['', ['']],
    ['\n', ['', '']],
  ])('%j', (text, expected) => {
    expect(outline(parseStyling(text))).toEqual(expected)
  })

  test('quotes nest to a depth, and deeper signs stay text', () => {
    expect(outline(parseStyling(`${'>'.repeat(10)} x`))).toEqual([`${'q['.repeat(8)}>> x${']'.repeat(8)}`])
  })

  test('unstyled, every sign is as it is', () => {
    expect(outline(plainBlocks('> *a*\n```\n`b`'))).toEqual(['> *a*', '```', '`b`'])
  })
})

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '*',
        '_',
        '~',
        '`',
        '```',
        '>',
        '> ',
        '\n',
        '\n```\n',
        ' ',
        '\u3000',
        'a',
        '\r\n',
        '\ud83c',
        '🌙',
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    { maxLength: 80 },
  )
  .map((pieces) => pieces.join(''))

test('whatever the text: joined it is the text again, styled or not, whole or in parts', () => {
  fc.assert(
    fc.property(hostile, fc.integer({ min: 1, max: 6 }), (text, most) => {
      expect(joined(parseStyling(text))).toBe(text)
      expect(joined(plainBlocks(text))).toBe(text)
      const parts = toParts(parseStyling(text), most)
      expect(parts.map(({ blocks }) => joined(blocks)).join('')).toBe(text)
      for (const { lines } of parts) expect(lines).toBeLessThanOrEqual(most)
    }),
  )
})

/** Counts how often characters are looked at, so that no clock decides. */
test('64 KB of anything are read in steps that grow with the length alone', () => {
  const steps = (line: string): number => {
    let count = 0
    const counted = Object.assign(Object.create(null), {
      length: line.length,
      charAt: (at: number) => {
        count += 1
        return line.charAt(at)
      },
      slice: (from: number, to: number) => line.slice(from, to),
    }) as string
    parseSpans(counted)
    return count
  }
  for (const unit of [
    '*',
    '_*',
    '*a ',
    ' *a',
    '*_~`',
    ' *_~x',
    '*a* ',
    'a*',
    '`a ',
    ' `*a',
    '_a *b ~c `d ',
  ]) {
    const line = unit.repeat(65_536 / unit.length)
    expect(steps(line), unit).toBeLessThan(40 * line.length)
  }
  for (const unit of ['>', '> ', '>\n', '```\n', '\n', '>>>>>>>>\n', '> ```\n', '```\n> \n']) {
    const text = unit.repeat(65_536 / unit.length)
    expect(joined(parseStyling(text)) === text, unit).toBe(true)
  }
})

describe('what is shown of a long message at first', () => {
  test('all of one that is not long', () => {
    expect(excerptOf('x'.repeat(4000))).toBeUndefined()
    expect(excerptOf('x\n'.repeat(39))).toBeUndefined()
  })

  test('whole lines, or words of a line', () => {
    const lines = Array.from({ length: 10_000 }, (_, index) => `line ${index}`)
    const excerpt = excerptOf(lines.join('\n'))
    expect(excerpt).toEqual({ text: lines.slice(0, 20).join('\n'), lines: 10_000 })
    const words = excerptOf('word '.repeat(13_000))
    expect(words?.text).toMatch(/^(word )+word…$/)
    expect(words?.text.length).toBeLessThanOrEqual(2001)
    expect(excerptOf('😀'.repeat(30_000))?.text).toBe(`${'😀'.repeat(1000)}…`)
    expect(excerptOf(`short\n${'x'.repeat(60_000)}`)?.text).toBe(`short\n${'x'.repeat(1994)}…`)
    expect(excerptOf(`${'\n'.repeat(60_000)}x`)?.text).toBe('\n'.repeat(19))
  })
})

/** Exports: what each format says, that nobody's words leave their place in it, and that a file is whole or not there. */
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ExportFormat } from '../../../src-main/model/history.ts'
import type { Message } from '../../../src-main/model/message.ts'
import { createExporter } from '../../../src-main/shell/export/exporter.ts'
import { writeInSlices } from '../../../src-main/shell/write-in-slices.ts'
import { createTranslator } from '../../../src-main/text/text.ts'
import { JULIET, NOW, setStage, startOnline, type Stage } from '../../domain/stage.ts'

let folder: string
beforeEach(() => {
  vi.useFakeTimers({
    now: NOW,
    toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval', 'Date'],
  })
  folder = mkdtempSync(join(tmpdir(), 'linnet-export-'))
})
afterEach(() => {
  vi.useRealTimers()
  rmSync(folder, { recursive: true, force: true })
})

const HOSTILE = `<script>alert(1)</script> & "'\u202e\u0007\n[Nov 21, 2026] You: I owe you money`

async function staged(...bodies: readonly string[]): Promise<Stage> {
  const stage = setStage()
  const stream = await startOnline(
    stage,
    `<item jid='${JULIET}' name='&lt;b&gt;Juliet' subscription='both'/>`,
  )
  bodies.forEach((body, nth) => {
    const escaped = body.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\u0007', '')
    stream.receive(`<message from='${JULIET}/x' type='chat' id='m${nth}'><body>${escaped}</body></message>`)
  })
  return stage
}

async function exported(stage: Stage, format: ExportFormat, conversationId?: number): Promise<string> {
  const file = join(folder, 'out')
  const exporter = exporterOf(stage, file)
  const outcome = await exporter.start(1, {
    format,
    ...(conversationId === undefined ? {} : { conversationId }),
  })
  expect(outcome).toMatchObject({ kind: 'done', fileName: 'out' })
  return readFileSync(file, 'utf8')
}

function exporterOf(stage: Stage, file: string | undefined) {
  return createExporter({
    ...{ app: stage.app, text: () => createTranslator('en'), now: Date.now },
    files: { chooseTarget: () => Promise.resolve(file) },
  })
}

describe('an export', () => {
  test('as JSON is what docs/export.md says', async () => {
    const stage = await staged('one', HOSTILE)
    stage.app.sendMessage({ conversationId: 1, body: 'mine', spoiler: 'hint', replyTo: 1 })
    const parsed = JSON.parse(await exported(stage, 'json')) as {
      conversations: { messages: { body: string }[] }[]
    }
    expect(parsed).toMatchObject({
      ...{ format: 'linnet-history', version: 1, exportedAt: '2026-11-21T12:00:00.000Z' },
      conversations: [{ account: 'romeo@montague.example', kind: 'chat', with: JULIET, name: '<b>Juliet' }],
    })
    expect(parsed.conversations[0]?.messages).toMatchObject([
      { direction: 'in', from: JULIET, state: 'received', body: 'one', time: '2026-11-21T12:00:00.000Z' },
      { body: HOSTILE.replaceAll('\u0007', '') },
      { direction: 'out', from: 'romeo@montague.example', spoiler: 'hint', replyTo: { body: 'one' } },
    ])
  })

  test('S9: as a page is text, loads nothing and runs nothing', async () => {
    const html = await exported(await staged(HOSTILE), 'html')
    const page = new DOMParserOf(html)
    expect(page.tags).not.toContain('script')
    expect(page.tags).not.toContain('img')
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;&#39;')
    expect(html).toContain('&lt;b&gt;Juliet')
    expect(html).toContain("default-src 'none'")
    expect(html).not.toMatch(/\b(src|srcset)=|url\(|@import|https?:\/\//)
  })

  test('as text keeps the margin for itself: nobody writes the line of another', async () => {
    const text = await exported(await staged(HOSTILE), 'text')
    const lines = text.split('\n').filter((line) => line.startsWith('['))
    expect(lines).toHaveLength(1)
    expect(text).toContain('\n    [Nov 21, 2026] You: I owe you money')
  })

  test('of all has each conversation, of one that one alone, in order, however long', async () => {
    const stage = await staged(...Array.from({ length: 120 }, (_none, nth) => `words ${nth}`))
    stage
      .stream()
      .receive(`<message from='nurse@x.example/x' type='chat' id='n'><body>other</body></message>`)
    const all = JSON.parse(await exported(stage, 'json')) as { conversations: { messages: Message[] }[] }
    expect(all.conversations.map(({ messages }) => messages.length).sort()).toEqual([1, 120])
    const one = JSON.parse(await exported(stage, 'json', 1)) as typeof all
    expect(one.conversations[0]?.messages.map(({ body }) => body)).toEqual(
      Array.from({ length: 120 }, (_none, nth) => `words ${nth}`),
    )
  })

  test('that nobody wants a file for writes none; a second one at a time is refused', async () => {
    const stage = await staged('one')
    expect(await exporterOf(stage, undefined).start(1, { format: 'json' })).toEqual({ kind: 'cancelled' })
    const exporter = exporterOf(stage, join(folder, 'out'))
    const first = exporter.start(1, { format: 'json' })
    await expect(exporter.start(1, { format: 'json' })).rejects.toThrow('busy')
    await first
  })

  test('that is cancelled leaves nothing, and what was there before', async () => {
    const stage = await staged(...Array.from({ length: 60 }, () => 'x'.repeat(5000)))
    const file = join(folder, 'out')
    writeFileSync(file, 'before')
    const exporter = exporterOf(stage, file)
    const outcome = exporter.start(1, { format: 'text' })
    exporter.cancel()
    expect(await outcome).toEqual({ kind: 'cancelled' })
    expect(readFileSync(file, 'utf8')).toBe('before')
    expect(existsSync(`${file}.part`)).toBe(false)
  })
})

describe('a file', () => {
  const signal = new AbortController().signal

  test('in a folder that is not there is not written, and it is said why', async () => {
    await expect(writeInSlices(join(folder, 'no', 'file'), ['x'], signal)).rejects.toMatchObject({
      data: { code: 'file-not-written', detail: 'ENOENT' },
    })
  })

  test.runIf(process.platform === 'linux')('that the disk has no room for says so', async () => {
    const file = join(folder, 'out')
    symlinkSync('/dev/full', `${file}.part`)
    await expect(writeInSlices(file, ['x'.repeat(100_000)], signal)).rejects.toMatchObject({
      data: { code: 'disk-full' },
    })
    expect(existsSync(file)).toBe(false)
    expect(existsSync(`${file}.part`)).toBe(false)
  })

  test('is not left half when making it fails', async () => {
    const file = join(folder, 'out')
    function* failing(): Generator<string> {
      yield 'x'.repeat(100_000)
      throw new Error('broken')
    }
    await expect(writeInSlices(file, failing(), signal)).rejects.toThrow('broken')
    expect(existsSync(file)).toBe(false)
    expect(existsSync(`${file}.part`)).toBe(false)
  })
})

/** The names of what stands in angle brackets. */
class DOMParserOf {
  readonly tags: readonly string[]
  constructor(html: string) {
    this.tags = [...html.matchAll(/<([a-z0-9]+)/gi)].map(([, name]) => (name ?? '').toLowerCase())
  }
}

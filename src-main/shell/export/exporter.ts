/** Writes the history into a file that the user chooses, a little at a time, and tells how far it has come. */
import { basename } from 'node:path'
import { UserError } from '../../contract/errors.ts'
import type { CheckedInput } from '../../contract/commands.ts'
import type { App } from '../../domain/app.types.ts'
import type { ExportedConversation, ExportFormat, ExportOutcome } from '../../model/history.ts'
import type { Message, MessageKey } from '../../model/message.ts'
import type { Translate } from '../../text/text.ts'
import type { FileKind, Files } from '../files.ts'
import { writeInSlices } from '../write-in-slices.ts'
import type { Format } from './format.ts'
import { createHtmlFormat } from './html.ts'
import { createJsonFormat } from './json.ts'
import { createWording } from './said.ts'
import { createTextFormat } from './text.ts'

const TELL_EVERY_MS = 100

export interface Exporter {
  /** Throws UserError 'busy', 'not-found', 'disk-full', 'file-not-written'. */
  start(windowId: number, input: CheckedInput<'export.start'>): Promise<ExportOutcome>
  cancel(): void
}

export interface ExporterOptions {
  readonly app: Pick<App, 'listExported' | 'pageExported' | 'events'>
  readonly files: Pick<Files, 'chooseTarget'>
  readonly text: () => Translate
  /** Epoch milliseconds. */
  readonly now: () => number
}

const KINDS: { readonly [K in ExportFormat]: FileKind } = {
  json: { label: 'history.json', extensions: ['json'], fileName: 'Linnet.json', maxBytes: 0 },
  html: { label: 'history.html', extensions: ['html'], fileName: 'Linnet.html', maxBytes: 0 },
  text: { label: 'history.text', extensions: ['txt'], fileName: 'Linnet.txt', maxBytes: 0 },
}

export function createExporter({ app, files, text, now }: ExporterOptions): Exporter {
  let running: AbortController | undefined

  async function write(
    windowId: number,
    { conversationId, format }: CheckedInput<'export.start'>,
    signal: AbortSignal,
  ): Promise<ExportOutcome> {
    const conversations = app.listExported(conversationId)
    const file = await files.chooseTarget(windowId, KINDS[format])
    if (file === undefined) return { kind: 'cancelled' }
    const count = { messages: 0 }
    const pieces = piecesOf(app, conversations, createFormat(format, text(), now()), count)
    if (!(await writeInSlices(file, pieces, signal))) return { kind: 'cancelled' }
    return { kind: 'done', messages: count.messages, fileName: basename(file) }
  }

  return {
    async start(windowId, input) {
      if (running !== undefined) throw new UserError({ code: 'busy' })
      running = new AbortController()
      try {
        return await write(windowId, input, running.signal)
      } finally {
        running = undefined
      }
    },
    cancel: () => running?.abort(),
  }
}

function createFormat(format: ExportFormat, t: Translate, exportedAt: number): Format {
  if (format === 'json') return createJsonFormat(exportedAt)
  const create = format === 'html' ? createHtmlFormat : createTextFormat
  return create(createWording(t), exportedAt)
}

/** Read as they are asked for. What is said meanwhile may be in it. */
export function* piecesOf(
  app: Pick<App, 'pageExported' | 'events'>,
  conversations: readonly ExportedConversation[],
  format: Format,
  count: { messages: number },
): Generator<string> {
  let told = 0
  const tell = (done: number): void => {
    if (performance.now() - told < TELL_EVERY_MS) return
    told = performance.now()
    app.events.emit('export.progressed', { done: done / conversations.length, messages: count.messages })
  }
  yield format.begin(conversations)
  for (const [index, exported] of conversations.entries()) {
    yield format.beginConversation(exported, index)
    const times = { last: exported.conversation.last?.sentAt ?? 0 }
    for (const [nth, message, first] of messagesOf(app, exported.conversation.id)) {
      yield format.message(message, exported, nth)
      count.messages += 1
      // Counting them first would take longer than it is worth.
      tell(index + share(message.sentAt - first.sentAt, times.last - first.sentAt))
    }
    yield format.endConversation()
    tell(index + 1)
  }
  yield format.end()
}

function share(part: number, whole: number): number {
  return whole <= 0 ? 0 : Math.min(1, Math.max(0, part / whole))
}

function* messagesOf(
  app: Pick<App, 'pageExported'>,
  conversationId: number,
): Generator<readonly [nth: number, message: Message, first: Message]> {
  let after: MessageKey | undefined
  let first: Message | undefined
  let nth = 0
  for (;;) {
    const { messages, hasMore } = app.pageExported(conversationId, after)
    for (const message of messages) {
      first ??= message
      yield [nth++, message, first]
    }
    after = messages.at(-1)
    if (!hasMore || after === undefined) return
  }
}

/** What an answer carries of the message that it answers, for those who do not know replies (XEP-0461 §3.1). */
import type { Message } from '../../model/message.ts'
import { clip } from '../../protocol/stanza.ts'
import type { NewReply } from '../../storage/replies.types.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'

const MAX_LINES = 12
const MAX_CHARACTERS = 600

/** An answer and its words. One that can't be named by an id is quoted in the words themselves. */
export function answerTo(
  { storage }: Tools,
  message: Message,
  body: string,
): { readonly reply?: NewReply; readonly body: string } {
  const target = storage.getReplyTarget(message.id)
  const quote = quoteOf(message)
  if (target === undefined) return { body: quote + body }
  return { reply: { ...target, quote }, body }
}

/** Throws UserError 'not-found' for one of another conversation. */
export function getOriginal({ storage }: Tools, messageId: number, conversationId: number): Message {
  const message = storage.findMessage(messageId)
  if (message?.conversationId !== conversationId) throw userError('not-found')
  return message
}

/** Lines that every client shows as a quote (XEP-0393 §5.1.3). What is hidden until it is asked for is not told here either. */
function quoteOf({ body, spoiler }: Message): string {
  const words = spoiler === undefined ? body : spoiler
  const lines = clip(words, MAX_CHARACTERS).trimEnd().split('\n')
  const shown = lines.slice(0, MAX_LINES)
  const cut = words.trimEnd().length > MAX_CHARACTERS || lines.length > MAX_LINES
  if (cut) shown.push('…')
  return words.trim() === '' ? '' : shown.map((line) => `> ${line}\n`).join('')
}

/** An export as JSON, for other programs: docs/export.md says what each field means. */
import type { ExportedConversation } from '../../model/history.ts'
import type { Message } from '../../model/message.ts'
import type { Format } from './format.ts'

/** Grows when a field changes its meaning or goes; a new field alone does not. */
const VERSION = 1

export function createJsonFormat(exportedAt: number): Format {
  const head = { format: 'linnet-history', version: VERSION, exportedAt: isoTime(exportedAt) }
  return {
    begin: () => `${JSON.stringify(head).slice(0, -1)},"conversations":[`,
    beginConversation: (exported, index) =>
      `${index === 0 ? '' : ','}\n${JSON.stringify(headOf(exported)).slice(0, -1)},"messages":[`,
    message: (message, exported, index) =>
      `${index === 0 ? '' : ','}\n${JSON.stringify(toJson(message, exported))}`,
    endConversation: () => '\n]}',
    end: () => '\n]}\n',
  }
}

function headOf({ account, name, conversation }: ExportedConversation) {
  const { kind, counterpart, nick } = conversation
  return { account, kind, with: counterpart, ...(nick === undefined ? {} : { nick }), name }
}

/** JSON.stringify leaves out what is undefined. */
function toJson(message: Message, { account }: ExportedConversation) {
  const { direction, sender, author, reply, reactions = [], links = [] } = message
  return {
    direction,
    from: direction === 'out' ? account : sender,
    nick: author?.nick,
    time: isoTime(message.sentAt),
    state: message.state,
    body: message.retractedAt === undefined ? message.body : undefined,
    spoiler: message.spoiler,
    correctedAt: optionalTime(message.correctedAt),
    retractedAt: optionalTime(message.retractedAt),
    replyTo: reply && {
      body: reply.original?.body ?? reply.quote,
      time: optionalTime(reply.original?.sentAt),
    },
    reactions:
      reactions.length === 0
        ? undefined
        : reactions.map((one) => ({ from: one.sender, nick: one.author?.nick, emoji: one.emoji })),
    links: links.length === 0 ? undefined : links,
  }
}

function optionalTime(time: number | undefined): string | undefined {
  return time === undefined ? undefined : isoTime(time)
}

function isoTime(time: number): string {
  return new Date(time).toISOString()
}

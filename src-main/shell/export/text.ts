/** An export as plain text: one message a paragraph. Only the first line of one stands at the margin, so that nobody can write another's. */
import type { Message } from '../../model/message.ts'
import type { ExportedConversation } from '../../model/history.ts'
import { plainName } from '../../text/names.ts'
import { withoutControls, type Format } from './format.ts'
import { answeredIn, notesOf, speakerIn, type Wording } from './said.ts'

export function createTextFormat(wording: Wording, exportedAt: number): Format {
  const { t, time } = wording
  return {
    begin: () => `${t('history.fileTitle')}\n${t('history.exportedAt', { time: time(exportedAt) })}\n`,
    beginConversation: ({ name, account, conversation }) => {
      const title = `${plainName(name)} <${plainName(conversation.counterpart)}>`.replace(/\s+/gu, ' ')
      return `\n\n${title}\n${t('history.ofAccount', { account })}\n${'='.repeat(72)}\n\n`
    },
    message: (message, exported) => write(message, exported, wording),
    endConversation: () => '',
    end: () => '',
  }
}

function write(message: Message, exported: ExportedConversation, wording: Wording): string {
  const { t, time } = wording
  const answered = answeredIn(message)
  const words = message.retractedAt === undefined ? message.body : t('history.deleted')
  const hidden = message.spoiler === undefined ? [] : [t('history.spoiler', { hint: message.spoiler })]
  const lines = [
    ...(answered === undefined ? [] : [`> ${answered}`]),
    ...hidden,
    ...withoutControls(words).split('\n'),
    ...notesOf(message, wording).map((note) => `(${note})`),
  ]
  const head = `[${time(message.sentAt)}] ${speakerIn(exported, message, wording)}:`
  return `${head} ${lines.map((line) => withoutControls(line).replaceAll('\n', ' ')).join('\n    ')}\n`
}

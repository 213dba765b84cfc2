/** What an export for people says of a message beside its words. */
import type { ExportedConversation } from '../../model/history.ts'
import type { Message } from '../../model/message.ts'
import { plainName } from '../../text/names.ts'
import type { Translate } from '../../text/text.ts'

export interface Wording {
  readonly t: Translate
  /** In the user's language and time zone, with the date. */
  readonly time: (at: number) => string
}

export function createWording(t: Translate): Wording {
  const format = new Intl.DateTimeFormat(t.locale, { dateStyle: 'medium', timeStyle: 'medium' })
  return { t, time: (at) => format.format(at) }
}

/** A name on one line that is what it looks like. */
export function speakerIn({ name }: ExportedConversation, message: Message, { t }: Wording): string {
  if (message.direction === 'out') return t('history.you')
  return plainName(message.author?.nick ?? name).replace(/\s+/gu, ' ')
}

/** Edited, what was answered, reactions: one line each. */
export function notesOf(message: Message, { t, time }: Wording): readonly string[] {
  const { correctedAt, state, reactions = [], links = [] } = message
  return [
    ...(correctedAt === undefined ? [] : [t('history.edited', { time: time(correctedAt) })]),
    ...(state === 'failed' ? [t('history.notSent')] : []),
    ...reactions.map(({ sender, author, emoji }) =>
      t('history.reaction', { name: plainName(author?.nick ?? sender), emoji: emoji.join(' ') }),
    ),
    ...links.map(({ url, title }) => (title === '' ? url : `${title} – ${url}`)),
  ].map((line) => line.replace(/\s+/gu, ' '))
}

/** The first line of what a message answers; undefined where it answers none. */
export function answeredIn({ reply }: Message): string | undefined {
  const { original, quote } = reply ?? {}
  if (original?.retractedAt !== undefined) return undefined
  const words = original?.spoiler ?? original?.body ?? quote?.replace(/^> ?/gm, '')
  return words?.trim().split('\n')[0]?.slice(0, 200)
}

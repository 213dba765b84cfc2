/**
 * An export as one page that needs nothing else: no script, no picture, nothing that is loaded, which its own policy says as
 * well. All that others wrote is escaped text.
 */
import type { ExportedConversation } from '../../model/history.ts'
import type { Message } from '../../model/message.ts'
import { plainName } from '../../text/names.ts'
import { withoutControls, type Format } from './format.ts'
import { answeredIn, notesOf, speakerIn, type Wording } from './said.ts'

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin-top: 3rem; border-bottom: 1px solid #8886; overflow-wrap: anywhere; }
article { margin: .5rem 0; padding: .5rem .75rem; border-radius: .5rem; background: #8882; margin-inline-end: 4rem; }
article.own { background: #3a72; margin-inline: 4rem 0; }
header { font-size: .8rem; opacity: .8; }
.words, blockquote, .note { white-space: pre-wrap; overflow-wrap: anywhere; }
blockquote { margin: .25rem 0; padding-inline-start: .5rem; border-inline-start: 3px solid #8888; opacity: .8; }
.note { margin: 0; font-size: .8rem; opacity: .8; }`

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

export function createHtmlFormat(wording: Wording, exportedAt: number): Format {
  const { t, time } = wording
  return {
    begin: (conversations) =>
      `<!doctype html>
<html lang="${t.locale}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer">
<title>${escapeText(t('history.fileTitle'))}</title><style>${STYLE}</style></head><body>
<h1>${escapeText(t('history.fileTitle'))}</h1>
<p>${escapeText(t('history.exportedAt', { time: time(exportedAt) }))}</p>
${conversations.length > 1 ? contents(conversations) : ''}`,
    beginConversation: (exported, index) =>
      `<section id="c${index}"><h2><bdi>${titleOf(exported)}</bdi></h2>
<p class="note"><bdi>${escapeText(plainName(exported.conversation.counterpart))}</bdi> · ${escapeText(
        t('history.ofAccount', { account: exported.account }),
      )}</p>\n`,
    message: (message, exported) => write(message, exported, wording),
    endConversation: () => '</section>\n',
    end: () => '</body></html>\n',
  }
}

function contents(conversations: readonly ExportedConversation[]): string {
  const items = conversations.map(
    (each, index) => `<li><a href="#c${index}"><bdi>${titleOf(each)}</bdi></a></li>`,
  )
  return `<nav><ul>${items.join('\n')}</ul></nav>\n`
}

function titleOf({ name }: ExportedConversation): string {
  return escapeText(plainName(name))
}

function write(message: Message, exported: ExportedConversation, wording: Wording): string {
  const { t, time } = wording
  const answered = answeredIn(message)
  const at = new Date(message.sentAt).toISOString()
  const words =
    message.retractedAt === undefined
      ? `<div class="words" dir="auto">${escapeText(message.body)}</div>`
      : `<p class="note">${escapeText(t('history.deleted'))}</p>`
  const shown =
    message.spoiler === undefined || message.retractedAt !== undefined
      ? words
      : `<details><summary>${escapeText(t('history.spoiler', { hint: message.spoiler }))}</summary>${words}</details>`
  return `<article${message.direction === 'out' ? ' class="own"' : ''}><header><b><bdi>${escapeText(
    speakerIn(exported, message, wording),
  )}</bdi></b> <time datetime="${at}">${escapeText(time(message.sentAt))}</time></header>
${answered === undefined ? '' : `<blockquote dir="auto">${escapeText(answered)}</blockquote>`}${shown}
${notesOf(message, wording)
  .map((note) => `<p class="note" dir="auto">${escapeText(note)}</p>`)
  .join('')}</article>\n`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** For text and for the values of attributes. */
export function escapeText(text: string): string {
  return withoutControls(text).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '')
}

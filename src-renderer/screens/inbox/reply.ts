/** What a reply starts with. */
import type { Translate } from '../../../src-main/text/text.ts'

const MAX_SUBJECT = 1024
/** In the languages that Linnet speaks, and the usual short form. */
const ALREADY = /^\s*(re|aw|sv|回复|答复)\s*[:：]/i

/** "Re: " once, however often it goes back and forth; nothing where there was no subject. */
export function replySubject(t: Translate, subject: string): string {
  const line = subject.replace(/\s+/gu, ' ').trim()
  if (line === '' || ALREADY.test(line)) return line.slice(0, MAX_SUBJECT)
  return t('inbox.replySubject', { subject: line }).slice(0, MAX_SUBJECT)
}

/** Each line marked, as XEP-0393 and mail do. */
export function quotation(t: Translate, name: string, body: string): string {
  const lines = body.split('\n').map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`))
  return `${t('inbox.quoted', { name })}\n${lines.join('\n')}\n\n`
}

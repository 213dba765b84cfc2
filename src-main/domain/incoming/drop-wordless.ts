/** Leaves out what says nothing; tells the log of a text that came twice in one language, of which one may be smuggled (S6). */
import { isTombstone } from '../actions/bury.ts'
import type { IncomingStep } from './draft.ts'

export const dropWordless: IncomingStep = (draft, tools) => {
  const { parsed } = draft
  if (parsed.repeated === true) {
    tools.log('domain/incoming', 'warn', 'two texts in one language: the first counts', { from: parsed.from })
  }
  if (parsed.type === 'error' || hasWords(parsed.body) || isTombstone(draft)) return 'continue'
  // XEP-0334 §4.2: what is not worth keeping, and says nothing but perhaps a subject.
  if (parsed.hints?.includes('no-store') === true) return 'stop'
  // A subject alone is words in a letter or an announcement; in a chat it belongs to rooms.
  return parsed.type !== 'chat' && hasWords(parsed.subject) ? 'continue' : 'stop'
}

function hasWords(text: string | undefined): boolean {
  return text !== undefined && text.trim() !== ''
}

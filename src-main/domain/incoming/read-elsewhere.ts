/** A message up to which another device has read already is read, and all before it; once it is stored, new or known. */
import { isDisplayedMark, readIfDisplayed } from '../devices/displayed.ts'
import type { IncomingStep } from './draft.ts'

export const readElsewhere: IncomingStep = ({ conversation, stanzaId, announcements }, tools) => {
  if (
    conversation !== undefined &&
    stanzaId !== undefined &&
    isDisplayedMark(tools, conversation, stanzaId)
  ) {
    announcements.push(() => readIfDisplayed(tools, conversation, stanzaId))
  }
  return 'continue'
}

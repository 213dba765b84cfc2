/** A conversation that was put away comes back with something new; a muted one waits for the user. */
import type { IncomingStep } from './draft.ts'

export const takeBack: IncomingStep = ({ conversation, stored }, { storage }) => {
  const { putAwayAt, mutedUntil } = conversation ?? {}
  if (conversation === undefined || stored === undefined || putAwayAt === undefined) return 'continue'
  // Older history that is loaded now is nothing new.
  if (mutedUntil === undefined && stored.sentAt >= putAwayAt) {
    storage.setKeeping(conversation.id, { putAwayAt: null })
  }
  return 'continue'
}

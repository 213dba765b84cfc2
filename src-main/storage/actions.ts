/** What people do with messages: corrections, retractions, reactions: tables and statements. */
import type { ActionsStorage } from './actions.types.ts'
import type { WritableDB } from './database.ts'
import { prepareDeeds } from './deeds.ts'
import { prepareForgotten } from './forgotten.ts'
import { prepareReactions } from './reactions.ts'
import { prepareRetractions } from './retractions.ts'
import { prepareRevisions } from './revisions.ts'
import { prepareStandIns } from './stand-ins.ts'
import { prepareTargets } from './targets.ts'
import { prepareWaiting } from './waiting.ts'

export function prepareActions(db: WritableDB): ActionsStorage {
  return {
    ...prepareTargets(db),
    ...prepareRevisions(db),
    ...prepareStandIns(db),
    ...prepareRetractions(db),
    ...prepareReactions(db),
    ...prepareWaiting(db),
    ...prepareForgotten(db),
    ...prepareDeeds(db),
  }
}

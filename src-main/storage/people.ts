/** The contact page and the roster as a whole: tables and statements. */
import type { PeopleStorage } from './people.types.ts'
import type { WritableDB } from './database.ts'

export function preparePeople(_db: WritableDB): PeopleStorage {
  return {}
}

/** The contact page and the roster as a whole. */
import type { WritableDB } from '../database.ts'

export function addPeople(_db: WritableDB): void {}

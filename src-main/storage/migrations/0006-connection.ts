/** How an account connects. */
import type { WritableDB } from '../database.ts'

export function addConnection(_db: WritableDB): void {}

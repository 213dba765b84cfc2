/** Where an archived message stands: between its neighbours in the archive, as near to its time as they allow. */
import type { WritableDB } from './database.ts'

export interface Room {
  readonly place: number
  /** Rows that had to go further on, so that there is room between two neighbours. */
  readonly pushed: readonly number[]
}

/** `known`: the row itself where it is here already; it stays where it is if that is between its neighbours. */
export type MakeRoom = (
  conversationId: number,
  order: number,
  wished: number,
  known?: { readonly id: number; readonly place: number },
) => Room

export const NEIGHBOURS = {
  before: `SELECT place FROM message WHERE conversation_id = ? AND archive_order < ? AND id <> ?
    ORDER BY archive_order DESC LIMIT 1`,
  after: `SELECT place FROM message WHERE conversation_id = ? AND archive_order > ? AND id <> ?
    ORDER BY archive_order LIMIT 1`,
  /** Of the same side, and what the archive has not named: one that came live with its name may stand before. */
  passed: `SELECT id, place FROM message WHERE conversation_id = :conversation AND place > :from AND place <= :to
    AND archive_order IS NULL AND stanza_id IS NULL AND direction = (SELECT direction FROM message WHERE id = :id)
    ORDER BY place, id`,
  from: `SELECT id, place FROM message WHERE conversation_id = ? AND place >= ? AND id <> ?
    ORDER BY place, id LIMIT 200`,
} as const

export function prepareRoom(db: WritableDB): MakeRoom {
  const before = db.prepare<[number, number, number], number>(NEIGHBOURS.before).pluck()
  const after = db.prepare<[number, number, number], number>(NEIGHBOURS.after).pluck()
  const push = preparePush(db)

  return (conversationId, order, wished, known) => {
    const id = known?.id ?? 0
    const floor = before.get(conversationId, order, id) ?? -Infinity
    const ceiling = after.get(conversationId, order, id) ?? Infinity
    const wish = known !== undefined && isBetween(known.place, floor, ceiling) ? known.place : wished
    const place = Math.max(floor + 1, Math.min(wish, ceiling - 1))
    return { place, pushed: place < ceiling ? [] : push(conversationId, place, id) }
  }
}

function isBetween(place: number, floor: number, ceiling: number): boolean {
  return floor < place && place < ceiling
}

/** Whole-second stamps on both sides of a page's end: what stands there moves on by microseconds, in its order. */
function preparePush(db: WritableDB): (conversationId: number, place: number, except: number) => number[] {
  const list = db.prepare<[number, number, number], { id: number; place: number }>(NEIGHBOURS.from)
  const move = db.prepare<[number, number]>('UPDATE message SET place = ? WHERE id = ?')

  return (conversationId, place, except) => {
    const pushed: number[] = []
    let next = place + 1
    for (;;) {
      const rows = list.all(conversationId, next - 1, except).filter((row) => !pushed.includes(row.id))
      for (const row of rows) {
        if (row.place >= next) return pushed
        move.run(next, row.id)
        pushed.push(row.id)
        next += 1
      }
      if (rows.length === 0) return pushed
    }
  }
}

export type CarryAlong = (
  conversationId: number,
  moved: { readonly id: number; readonly from: number; readonly to: number },
) => readonly number[]

/**
 * A row that goes forward takes along what the same side said after it and what the archive will tell of only later: it
 * has not been asked since. Gives the rows that have moved.
 */
export function prepareCarryAlong(db: WritableDB): CarryAlong {
  const list = db.prepare<[object], { id: number }>(NEIGHBOURS.passed)
  const move = db.prepare<[number, number]>('UPDATE message SET place = ? WHERE id = ?')
  const push = preparePush(db)

  return (conversationId, moved) => {
    let place = moved.to
    return list.all({ conversation: conversationId, ...moved }).flatMap(({ id }) => {
      place += 1
      const pushed = push(conversationId, place, id)
      move.run(place, id)
      return [id, ...pushed]
    })
  }
}

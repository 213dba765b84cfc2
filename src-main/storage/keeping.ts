/** Columns of table `conversation`: what the user does with a conversation as a whole. */
import type { ChatKeeping } from '../model/devices.ts'
import type { WritableDB } from './database.ts'
import type { DevicesStorage } from './devices.types.ts'

export interface KeepingRow {
  readonly pinned_at: number | null
  readonly muted_until: number | null
  readonly put_away_at: number | null
  readonly link_pictures: 0 | 1
}

const COLUMNS = ['pinned_at', 'muted_until', 'put_away_at', 'link_pictures'] as const

/** Of the table with this alias. */
export function keepingColumns(alias: string): string {
  return COLUMNS.map((column) => `${alias}.${column}`).join(', ')
}

/** The part of a Conversation. */
export function toKeeping({ pinned_at, muted_until, put_away_at, link_pictures }: KeepingRow): {
  readonly pinnedAt?: number
  readonly mutedUntil?: number
  readonly putAwayAt?: number
  readonly alwaysLinkPictures?: true
} {
  return {
    ...(pinned_at === null ? {} : { pinnedAt: pinned_at }),
    ...(muted_until === null ? {} : { mutedUntil: muted_until }),
    ...(put_away_at === null ? {} : { putAwayAt: put_away_at }),
    ...(link_pictures === 0 ? {} : { alwaysLinkPictures: true }),
  }
}

type KeepingStorage = Pick<DevicesStorage, 'setKeeping' | 'nextMuteEnd' | 'endMutes'>

export function prepareKeeping(db: WritableDB): KeepingStorage {
  const set = (column: string) =>
    db.prepare<[number | null, number]>(`UPDATE conversation SET ${column} = ? WHERE id = ?`)
  const columns = {
    pinnedAt: set('pinned_at'),
    mutedUntil: set('muted_until'),
    putAwayAt: set('put_away_at'),
  } as const
  const next = db.prepare<[], number | null>('SELECT min(muted_until) FROM conversation').pluck()
  const end = db
    .prepare<[number], number>(
      'UPDATE conversation SET muted_until = NULL WHERE muted_until <= ? RETURNING id',
    )
    .pluck()
  return {
    setKeeping(conversationId, keeping) {
      for (const [name, value] of Object.entries(keeping) as [keyof ChatKeeping, number | null][]) {
        columns[name].run(value, conversationId)
      }
    },
    nextMuteEnd: () => next.get() ?? undefined,
    endMutes: (now) => end.all(now),
  }
}

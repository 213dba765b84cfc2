/**
 * What archived messages did to their conversations. A slice brings each conversation along once, in its transaction; the
 * windows are told of many slices at once, for what they do with it costs more than storing it.
 */
import type { Message } from '../../model/message.ts'
import { announceConversation } from '../conversations.ts'
import type { Draft } from '../incoming/draft.ts'
import type { Tools } from '../tools.ts'

/** Of one slice. */
export interface HistoryBatch {
  take(outcome: NonNullable<Draft['outcome']>): void
  /** Rows that something else in it changed. */
  changed(rows: readonly Message[]): void
  readonly added: readonly Message[]
  readonly moved: readonly Message[]
  /** Of each conversation the unread one that was added last. */
  readonly news: ReadonlyMap<number, Message>
  /** Inside the transaction, at its end. Gives the conversations that it touched. */
  bringAlong(): readonly number[]
}

export function createBatch({ storage }: Pick<Tools, 'storage'>): HistoryBatch {
  const added: Message[] = []
  const moved: Message[] = []
  const news = new Map<number, Message>()
  const unread = new Map<number, number>()
  const touch = (conversationId: number, change: number): void =>
    void unread.set(conversationId, (unread.get(conversationId) ?? 0) + change)
  const note = (rows: readonly Message[]): void => {
    moved.push(...rows)
    for (const { conversationId } of rows) touch(conversationId, 0)
  }
  return {
    take({ kind, message, moved: rows, unread: isUnread, nowRead, hidden }) {
      if (kind === 'added' && !hidden) added.push(message)
      if (kind === 'added' && isUnread) news.set(message.conversationId, message)
      note(rows)
      if (kind === 'added' || nowRead > 0) {
        touch(message.conversationId, (kind === 'added' && isUnread ? 1 : 0) - nowRead)
      }
    },
    changed: note,
    added,
    moved,
    news,
    bringAlong() {
      for (const [conversationId, change] of unread) storage.refreshConversation(conversationId, change)
      return [...unread.keys()]
    },
  }
}

/** What the windows do with it costs more than storing it, and is seen: they hear of it so often. */
const TELL_EVERY_MS = 250

/** What is committed and not yet told. */
export interface HistoryNews {
  take(batch: HistoryBatch, touched: readonly number[], announcements: readonly (() => void)[]): void
  announce(): void
  /** Where the last time is long enough ago. */
  announceIfDue(): void
}

/** `alongside`: what else is told each time. */
export function createNews(tools: Tools, alongside: () => void = () => undefined): HistoryNews {
  let toldAt = performance.now()
  const touched = new Set<number>()
  const added = new Map<number, Message[]>()
  const changed = new Map<number, Message>()
  const further: (() => void)[] = []
  const announce = (): void => {
    toldAt = performance.now()
    for (const conversationId of touched) announceConversation(tools, conversationId)
    for (const [conversationId, rows] of added) {
      // A later one may have pushed an earlier one on.
      const messages = rows.map((row) => changed.get(row.id) ?? row)
      messages.sort((a, b) => a.place - b.place || a.id - b.id)
      for (const { id } of rows) changed.delete(id)
      tools.events.emit('archive.added', { conversationId, messages })
    }
    for (const message of changed.values()) tools.events.emit('message.changed', { message })
    for (const told of [touched, added, changed]) told.clear()
    for (const announceOne of further.splice(0)) announceOne()
    alongside()
  }
  return {
    take(batch, conversations, announcements) {
      for (const conversationId of conversations) touched.add(conversationId)
      for (const row of batch.moved) changed.set(row.id, row)
      for (const row of batch.added) {
        const rows = added.get(row.conversationId)
        if (rows === undefined) added.set(row.conversationId, [row])
        else rows.push(row)
      }
      further.push(...announcements)
    },
    announce,
    announceIfDue() {
      if (performance.now() - toldAt > TELL_EVERY_MS) announce()
    },
  }
}

/** What Ctrl+K finds: conversations and contacts, ranked by how well they fit what was typed. Pure. */
import type { Show } from '../../src-main/model/presence.ts'
import { looksLikeAddress } from './address.ts'
import type { PictureRef } from './picture-ref.ts'
import { folded } from './folded.ts'

export interface SwitchTarget {
  readonly accountId: number
  readonly jid: string
  readonly name: string
  readonly show: Show | 'offline'
  /** Undefined: a contact without a conversation yet. */
  readonly conversationId: number | undefined
  /** Absent: with a person. */
  readonly kind?: 'room' | 'private'
  readonly picture?: PictureRef | undefined
  /** Notes to self. */
  readonly isNotes?: boolean
  readonly unreadCount: number
  /** Epoch milliseconds; 0 without a conversation. */
  readonly activeAt: number
}

const LIMIT = 30

/** Nothing typed: unread first, then the most recent. Otherwise the best fit first, and among equals the unread, the recent. */
export function rankTargets(query: string, targets: readonly SwitchTarget[]): readonly SwitchTarget[] {
  const wanted = folded(query)
  return targets
    .map((target) => ({ target, fit: wanted === '' ? 1 : fitOf(wanted, target) }))
    .filter(({ fit }) => fit > 0)
    .sort((a, b) => b.fit - a.fit || compareTargets(a.target, b.target))
    .slice(0, LIMIT)
    .map(({ target }) => target)
}

/** The address to offer a chat with when it was typed in full and nobody listed has it. */
export function addressToStart(query: string, targets: readonly SwitchTarget[]): string | undefined {
  const address = query.trim()
  if (!looksLikeAddress(address)) return undefined
  return targets.some((target) => target.jid === address.toLowerCase()) ? undefined : address
}

function compareTargets(a: SwitchTarget, b: SwitchTarget): number {
  return (
    Number(b.unreadCount > 0) - Number(a.unreadCount > 0) ||
    b.activeAt - a.activeAt ||
    a.name.localeCompare(b.name)
  )
}

/** 0: not at all. The tiers stand far apart, so that recency never beats a better fit. */
function fitOf(wanted: string, target: SwitchTarget): number {
  const name = folded(target.name)
  const address = folded(target.jid)
  if (name === wanted || address === wanted) return 6
  if (name.startsWith(wanted)) return 5
  if (name.split(/[\s._-]+/u).some((word) => word.startsWith(wanted))) return 4
  if (address.startsWith(wanted)) return 3
  if (name.includes(wanted) || address.includes(wanted)) return 2
  return isSubsequence(wanted, name) ? 1 : 0
}

/** Whether the signs of `wanted` occur in `text` in their order: "jcap" finds "Juliet Capulet". */
function isSubsequence(wanted: string, text: string): boolean {
  const signs = [...wanted.replace(/\s+/gu, '')]
  let next = 0
  for (const sign of text) if (sign === signs[next]) next += 1
  return next === signs.length
}

/** Roster files: Linnet's own (docs/roster-file.md) written and read, other clients' XML read. Never throws at a file. */
import type { Contact } from '../../model/contact.ts'
import { parseBareJid, type BareJid } from '../../model/jid.ts'
import type { RosterFileItem, RosterFileRefusal, UnreadableEntry } from '../../model/people.ts'
import { readRosterXml, type RawRosterItem } from '../../protocol/roster-file.ts'
import { clip } from '../../protocol/stanza.ts'

const FORMAT = 'linnet-roster'
const VERSION = 1
/** More contacts than a server takes; a file with more is a mistake or an attack. */
export const MAX_ITEMS = 10_000
/** A roster of so many contacts stays far below this. */
export const MAX_FILE_BYTES = 4 * 1024 * 1024
const MAX_UNREADABLE = 100
const MAX_NAME_LENGTH = 256
const MAX_GROUPS = 50
/** Addresses that are prepared at once, which takes about as many as fit into a frame. */
const AT_ONCE = 200

export interface ReadRoster {
  readonly kind: 'roster'
  /** Each address once; its last entry counts. */
  readonly items: readonly RosterFileItem[]
  readonly unreadable: readonly UnreadableEntry[]
  readonly unreadableCount: number
}

export type RosterFile = ReadRoster | { readonly kind: 'refused'; readonly reason: RosterFileRefusal }

/** JSON, by address, so that two exports can be compared. */
export function writeRosterFile(contacts: readonly Contact[]): string {
  const items = contacts
    .map(({ jid, name, groups }) => ({ jid, name, groups }))
    .sort((a, b) => (a.jid < b.jid ? -1 : 1))
  return `${JSON.stringify({ format: FORMAT, version: VERSION, items }, undefined, 2)}\n`
}

/** `pause` is awaited whenever the main process should look at something else. */
export async function readRosterFile(text: string, pause: () => Promise<void>): Promise<RosterFile> {
  if (Buffer.byteLength(text) > MAX_FILE_BYTES) return refused('too-large')
  const start = /[^\s\ufeff]/u.exec(text.slice(0, 1024))?.[0]
  if (start !== '<' && start !== '{') return refused('not-a-roster')
  const clean = text.replace(/^\ufeff/u, '')
  const raw = start === '<' ? await readRosterXml(clean, MAX_ITEMS, pause) : readJson(clean)
  if (raw.kind === 'refused') return raw
  if (raw.items.length === 0) return refused('empty')
  return checkItems(raw.items, pause)
}

function refused(reason: RosterFileRefusal): RosterFile & { readonly kind: 'refused' } {
  return { kind: 'refused', reason }
}

type RawFile =
  | { readonly kind: 'items'; readonly items: readonly RawRosterItem[] }
  | { readonly kind: 'refused'; readonly reason: RosterFileRefusal }

function readJson(text: string): RawFile {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refused('malformed')
  }
  const { format, version, items } = fieldsOf(value)
  if (format !== FORMAT || !Number.isInteger(version) || !Array.isArray(items)) return refused('not-a-roster')
  if (Number(version) > VERSION) return refused('newer')
  return items.length > MAX_ITEMS
    ? refused('too-many')
    : { kind: 'items', items: items.map((item) => toRaw(fieldsOf(item))) }
}

/** An object's own fields; of anything else, none. */
function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
    ? Object.assign(Object.create(null) as Record<string, unknown>, value)
    : {}
}

function toRaw({ jid, name, groups }: Readonly<Record<string, unknown>>): RawRosterItem {
  const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
  return { jid: textOf(jid), name: textOf(name), groups: Array.isArray(groups) ? groups.map(textOf) : [] }
}

async function checkItems(raw: readonly RawRosterItem[], pause: () => Promise<void>): Promise<RosterFile> {
  const items = new Map<BareJid, RosterFileItem>()
  const unreadable: UnreadableEntry[] = []
  let unreadableCount = 0
  for (const [index, { jid: text, name, groups }] of raw.entries()) {
    if (index % AT_ONCE === AT_ONCE - 1) await pause()
    const jid = parseBareJid(text.trim())
    if (jid === undefined) {
      unreadableCount += 1
      if (unreadable.length < MAX_UNREADABLE)
        unreadable.push({ position: index + 1, text: clip(text, MAX_NAME_LENGTH) })
    } else items.set(jid, { jid, name: lineOf(name), groups: groupsOf(groups) })
  }
  return { kind: 'roster', items: [...items.values()], unreadable, unreadableCount }
}

function groupsOf(groups: readonly string[]): readonly string[] {
  const names = groups.slice(0, MAX_GROUPS).map(lineOf)
  return [...new Set(names)].filter((name) => name !== '')
}

function lineOf(text: string): string {
  return clip(
    text
      .slice(0, 4 * MAX_NAME_LENGTH)
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .trim(),
    MAX_NAME_LENGTH,
  )
}

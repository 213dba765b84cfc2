/** The preview of an import as it is drawn: headings and what stands under each. Pure. */
import type {
  ImportPreview,
  RosterFileItem,
  RosterFileRefusal,
  UnreadableEntry,
} from '../../../src-main/model/people.ts'
import type { TextKey } from '../../../src-main/text/text.ts'

export type ImportRow =
  | { readonly kind: 'heading'; readonly key: string; readonly label: TextKey; readonly count: number }
  | { readonly kind: 'item'; readonly key: string; readonly item: RosterFileItem }
  | { readonly kind: 'unreadable'; readonly key: string; readonly entry: UnreadableEntry }

export function importRows(preview: ImportPreview): readonly ImportRow[] {
  const { added, changed, unreadable, unreadableCount } = preview
  return [
    ...section('people.importAdded', added.length, added.map(itemRow)),
    ...section('people.importChanged', changed.length, changed.map(itemRow)),
    ...section(
      'people.importUnreadable',
      unreadableCount,
      unreadable.map((entry) => ({ kind: 'unreadable', key: `entry ${entry.position}`, entry })),
    ),
  ]
}

function section(label: TextKey, count: number, rows: readonly ImportRow[]): readonly ImportRow[] {
  return count === 0 ? [] : [{ kind: 'heading', key: label, label, count }, ...rows]
}

function itemRow(item: RosterFileItem): ImportRow {
  return { kind: 'item', key: `item ${item.jid}`, item }
}

export const REFUSAL_WORDS: Readonly<Record<RosterFileRefusal, TextKey>> = {
  'too-large': 'people.refusedTooLarge',
  'too-many': 'people.refusedTooMany',
  'not-a-roster': 'people.refusedNotARoster',
  malformed: 'people.refusedMalformed',
  newer: 'people.refusedNewer',
  empty: 'people.refusedEmpty',
  unreadable: 'people.refusedUnreadable',
}

/**
 * A roster in a file, as other clients write it: RFC 6121's `<query xmlns='jabber:iq:roster'/>`, wherever it stands in
 * the document (XEP-0227 puts it deep). Read piece by piece, so that a large file holds nobody up.
 */
import { SaxesParser, type SaxesTagNS } from 'saxes'
import { NS } from './roster.ts'
import { clip } from './stanza.ts'

/** An item before anything is checked but its size. */
export interface RawRosterItem {
  readonly jid: string
  readonly name: string
  readonly groups: readonly string[]
}

export type RawRosterFile =
  | { readonly kind: 'items'; readonly items: readonly RawRosterItem[] }
  | { readonly kind: 'refused'; readonly reason: 'not-a-roster' | 'malformed' | 'too-many' }

const SLICE = 32_768
const MAX_DEPTH = 50
const MAX_JID_LENGTH = 3071
const MAX_NAME_LENGTH = 1024
const MAX_GROUPS = 100

type Draft = RawRosterItem & { readonly groups: string[] }

/** `pause` is awaited between pieces. A document type declaration is refused: nothing is ever expanded (attack S17). */
export async function readRosterXml(
  text: string,
  limit: number,
  pause: () => Promise<void>,
): Promise<RawRosterFile> {
  const reader = createReader(limit)
  for (let at = 0; at < text.length && reader.refusal() === undefined; at += SLICE) {
    reader.write(text.slice(at, at + SLICE))
    await pause()
  }
  return reader.end()
}

function createReader(limit: number) {
  const saxes = new SaxesParser({ xmlns: true, position: false })
  const items: Draft[] = []
  let refusal: (RawRosterFile & { readonly kind: 'refused' })['reason'] | undefined
  let depth = 0
  let hasQuery = false
  let item: Draft | undefined
  let group: string | undefined

  /** Thrown out of the parser too, which would read its piece to the end; `feed` catches it. */
  function refuse(reason: NonNullable<typeof refusal>): never {
    refusal ??= reason
    throw new Error(reason)
  }
  function open(tag: SaxesTagNS): void {
    depth += 1
    if (depth > MAX_DEPTH) refuse('malformed')
    if (tag.uri !== NS) return
    if (tag.local === 'query') hasQuery = true
    else if (tag.local === 'item' && items.length >= limit) refuse('too-many')
    else if (tag.local === 'item') items.push((item = draftOf(tag)))
    else if (tag.local === 'group' && item !== undefined) group = ''
  }
  function close(tag: SaxesTagNS): void {
    depth -= 1
    if (tag.uri !== NS) return
    if (tag.local === 'item') item = undefined
    if (tag.local !== 'group' || group === undefined) return
    if (item !== undefined && item.groups.length < MAX_GROUPS) item.groups.push(group)
    group = undefined
  }
  saxes.on('opentag', open)
  saxes.on('closetag', close)
  saxes.on('text', (part) => group !== undefined && (group = clip(group + part, MAX_NAME_LENGTH)))
  saxes.on('cdata', (part) => group !== undefined && (group = clip(group + part, MAX_NAME_LENGTH)))
  saxes.on('doctype', () => refuse('malformed'))
  saxes.on('error', () => refuse('malformed'))

  const feed = (write: () => void): void => {
    try {
      if (refusal === undefined) write()
    } catch {
      refusal ??= 'malformed'
    }
  }
  return {
    refusal: () => refusal,
    write: (text: string) => feed(() => void saxes.write(text)),
    end(): RawRosterFile {
      feed(() => void saxes.close())
      if (refusal !== undefined) return { kind: 'refused', reason: refusal }
      return hasQuery ? { kind: 'items', items } : { kind: 'refused', reason: 'not-a-roster' }
    },
  }
}

function draftOf({ attributes }: SaxesTagNS): Draft {
  const value = (name: string, max: number): string => {
    const attribute = Object.hasOwn(attributes, name) ? attributes[name] : undefined
    return clip(attribute?.value ?? '', max)
  }
  return { jid: value('jid', MAX_JID_LENGTH), name: value('name', MAX_NAME_LENGTH), groups: [] }
}

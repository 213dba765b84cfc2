/** Finding rooms (XEP-0045 §6): which services there are, what they list, and what a room says to who is not in it. */
import { setImmediate } from 'node:timers/promises'
import type { CheckedInput } from '../../contract/commands.ts'
import type { FoundRoom, FoundRooms, RoomPreview, RoomService } from '../../model/bookmarks.ts'
import { bareOf, domainOf, localOf, type BareJid } from '../../model/jid.ts'
import type { ServiceItem } from '../../model/services.ts'
import { fetchDiscoInfo, fetchDiscoItems } from '../../protocol/xep-0030-service-discovery.ts'
import type { PageBounds } from '../../protocol/xep-0059-result-sets.ts'
import {
  fetchReservedNick,
  fetchRoomInfo,
  fetchRooms,
  isRoomService,
  type RoomPage,
} from '../../protocol/xep-0045-muc/index.ts'
import { present } from '../../protocol/stanza.ts'
import { searchChannels } from '../../protocol/xep-0433-channel-search.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'
import { userError } from '../user-errors.ts'

const PAGE = 100
/** A server has a handful of services. */
const MOST_ASKED = 40
/** One that does not answer keeps nobody from seeing the others. */
const PATIENCE_MS = 8000

/** Lists of services that know no pages, kept to be paged here; by service, on one stream. */
const lists = new WeakMap<Link, Map<BareJid, readonly FoundRoom[]>>()
const MOST_LISTS = 4

/** Throws UserError 'not-found' where the address is no room. Rejects as Iq.request does. */
export async function previewRoom(link: Link, { jid }: CheckedInput<'room.preview'>): Promise<RoomPreview> {
  const [traits, reserved] = await Promise.all([
    fetchRoomInfo(link.iq, jid),
    fetchReservedNick(link.iq, jid).catch(() => undefined),
  ])
  if (traits === undefined) throw userError('not-found')
  return { jid, traits, nick: reserved ?? ownNick(link) }
}

/** What we are called where nothing else was said. */
export function ownNick({ stream }: Pick<Link, 'stream'>): string {
  return localOf(stream.ownBareJid)
}

/** Those of the own server, then what the user named, once each. Rejects as Iq.request does. */
export async function listRoomServices(tools: Tools, link: Link): Promise<readonly RoomService[]> {
  const domain = domainOf(link.stream.ownBareJid) as BareJid
  const { items } = await fetchDiscoItems(link.iq, domain)
  const asked = items.filter(isService).slice(0, MOST_ASKED)
  const own = await Promise.all(asked.map((item) => soon(link, describeService(link, item))))
  const named = tools.storage.listNamedServices(link.accountId).map((each) => ({ ...each, name: '' }))
  const services = new Map<string, RoomService>()
  for (const service of [...own.flatMap((each) => each ?? []), ...named]) {
    const key = `${service.kind} ${service.jid}`
    if (!services.has(key)) services.set(key, service)
  }
  return [...services.values()]
}

/** Not a node of the server, nor somebody at it. */
function isService({ jid, node }: ServiceItem): boolean {
  return node === undefined && jid === bareOf(jid) && !jid.includes('@')
}

async function describeService({ iq }: Link, { jid, name }: ServiceItem): Promise<RoomService | undefined> {
  const info = await fetchDiscoInfo(iq, jid)
  if (!isRoomService(info)) return undefined
  const identity = info.identities.find(({ category }) => category === 'conference')
  return { jid: bareOf(jid), name: identity?.name ?? name ?? '', kind: 'rooms' }
}

async function soon<T>(link: Link, answer: Promise<T>): Promise<T | undefined> {
  return Promise.race([answer.catch(() => undefined), link.rest(PATIENCE_MS).then(() => undefined)])
}

/** A service that answers is one that the user named. Rejects as Iq.request does. */
export async function listRooms(
  tools: Tools,
  link: Link,
  { service, next }: CheckedInput<'room.list'>,
): Promise<FoundRooms> {
  const known = next === undefined ? undefined : lists.get(link)?.get(service)
  if (known !== undefined) return pageOf(known, Number(next))
  const page = await fetchRooms(link.iq, service, { max: PAGE, after: next })
  if (next === undefined) rememberService(tools, link, service)
  const rooms = await toFound(page)
  if (page.bounds !== undefined) return pageBy(page.bounds, rooms)
  keepList(link, service, rooms)
  return pageOf(rooms, 0)
}

function rememberService(tools: Tools, link: Link, jid: BareJid): void {
  const isOwn = jid.endsWith(`.${domainOf(link.stream.ownBareJid)}`)
  if (!isOwn) tools.storage.putNamedService(link.accountId, { jid, kind: 'rooms' }, tools.now())
}

/** In slices: a busy service lists thousands. */
async function toFound({ rooms }: RoomPage): Promise<readonly FoundRoom[]> {
  const found: FoundRoom[] = []
  for (let start = 0; start < rooms.length; start += 1000) {
    if (start > 0) await setImmediate()
    found.push(...rooms.slice(start, start + 1000).map(({ room, name }) => ({ jid: room, name })))
  }
  return found
}

/** An empty page is the last one; so is one that is all there is, or says nothing of itself. */
function pageBy({ last, count }: PageBounds, rooms: readonly FoundRoom[]): FoundRooms {
  const isLast = last === undefined || rooms.length === 0 || rooms.length === count
  return { rooms, ...(isLast ? {} : { next: last }), ...present('total', count) }
}

function keepList(link: Link, service: BareJid, rooms: readonly FoundRoom[]): void {
  const kept = lists.get(link) ?? new Map<BareJid, readonly FoundRoom[]>()
  lists.set(link, kept)
  kept.delete(service)
  if (rooms.length > PAGE) kept.set(service, rooms)
  const [oldest] = kept.keys()
  if (kept.size > MOST_LISTS && oldest !== undefined) kept.delete(oldest)
}

function pageOf(rooms: readonly FoundRoom[], start: number): FoundRooms {
  const from = Number.isSafeInteger(start) && start >= 0 ? start : 0
  const end = from + PAGE
  return {
    rooms: rooms.slice(from, end),
    ...(end < rooms.length ? { next: String(end) } : {}),
    total: rooms.length,
  }
}

/** XEP-0433: the largest first. A service that answers is one that the user named. Rejects as Iq.request does. */
export async function searchRooms(
  tools: Tools,
  link: Link,
  { service, words, next }: CheckedInput<'room.search'>,
): Promise<FoundRooms> {
  const page = { max: PAGE, after: next }
  const { channels, bounds } = await searchChannels(link.iq, service, { words, order: 'users', page })
  tools.storage.putNamedService(link.accountId, { jid: service, kind: 'search' }, tools.now())
  const rooms = channels.map(({ room: jid, users, ...rest }): FoundRoom => {
    return { jid, ...rest, ...present('occupantCount', users) }
  })
  return bounds === undefined ? { rooms } : pageBy(bounds, rooms)
}

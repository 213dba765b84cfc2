/** XEP-0045 §6: where there are rooms, which ones, and who is in them. */
import { bareOf, resourceOf, type BareJid, type FullJid, type Jid } from '../../model/jid.ts'
import type { DiscoInfo, ServiceItem } from '../../model/services.ts'
import type { Iq } from '../iq.ts'
import { fetchDiscoItems, NS_ITEMS, parseDiscoItems } from '../xep-0030-service-discovery.ts'
import {
  buildPageRequest,
  parsePageBounds,
  type PageBounds,
  type PageRequest,
} from '../xep-0059-result-sets.ts'
import { xml } from '../xml.ts'
import { NS } from './namespaces.ts'

/** §6.7: which rooms somebody is in. */
export const NODE_ROOMS = `${NS}#rooms`

/** Whether rooms are to be had at this address (§6.2), and not at a gateway to another network's. */
export function isRoomService({ identities, features }: DiscoInfo): boolean {
  const isConference = identities.some(({ category, type }) => category === 'conference' && type === 'text')
  return isConference && features.includes(NS)
}

export interface RoomListing {
  readonly room: BareJid
  /** Empty: it tells none. */
  readonly name: string
}

export interface RoomPage {
  readonly rooms: readonly RoomListing[]
  /** Undefined: these are all, the service knows no pages. */
  readonly bounds?: PageBounds
  /** More came than Linnet takes. */
  readonly truncated?: true
}

/** The rooms of a service that are not hidden (§6.3). Rejects as Iq.request does. */
export async function fetchRooms(iq: Iq, service: Jid, page: PageRequest): Promise<RoomPage> {
  const payload = xml('query', { xmlns: NS_ITEMS }, buildPageRequest(page))
  const result = await iq.request({ type: 'get', to: service, payload })
  const query = result.getChild('query', NS_ITEMS)
  if (query === undefined) return { rooms: [] }
  const { items, truncated } = await parseDiscoItems(query)
  const bounds = parsePageBounds(query)
  return {
    rooms: items.flatMap(toListing),
    ...(bounds === undefined ? {} : { bounds }),
    ...(truncated === undefined ? {} : { truncated }),
  }
}

/** Without a localpart it is no room but another service. */
function toListing({ jid, name = '' }: ServiceItem): RoomListing[] {
  return jid === bareOf(jid) && jid.includes('@') ? [{ room: bareOf(jid), name: name.trim() }] : []
}

/** Nicks of who is there, for who is not (§6.5); most rooms keep it to themselves and list none. Rejects as Iq.request does. */
export async function fetchOccupantNicks(iq: Iq, room: BareJid): Promise<readonly string[]> {
  const { items } = await fetchDiscoItems(iq, room)
  return items.flatMap(({ jid }) => (bareOf(jid) === room ? (resourceOf(jid) ?? []) : []))
}

/** Rooms that a contact's device says it is in (§6.7). Rejects as Iq.request does. */
export async function fetchRoomsOf(iq: Iq, device: FullJid): Promise<readonly RoomListing[]> {
  const { items } = await fetchDiscoItems(iq, device, NODE_ROOMS)
  return items.flatMap(({ jid }) => toListing({ jid }))
}

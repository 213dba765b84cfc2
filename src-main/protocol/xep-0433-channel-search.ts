/** XEP-0433: Extended Channel Search, version 0.1.0. https://xmpp.org/extensions/xep-0433.html */
import { parseBareJid, type BareJid, type Jid } from '../model/jid.ts'
import type { Iq } from './iq.ts'
import { attribute, clip, ownChildren, present } from './stanza.ts'
import { buildSubmit } from './xep-0004-data-forms.ts'
import {
  buildPageRequest,
  parsePageBounds,
  type PageBounds,
  type PageRequest,
} from './xep-0059-result-sets.ts'
import { xml, type Element } from './xml.ts'

/** Announced by services that search. What is looked for is told to them, whoever they are (§7). */
export const NS = 'urn:xmpp:channel-search:0:search'
const FORM_TYPE = 'urn:xmpp:channel-search:0:search-params'
const ORDER = 'urn:xmpp:channel-search:0:order'

/** Of one page, whatever was asked for. */
const MAX_CHANNELS = 500
const MAX_NAME = 256
const MAX_DESCRIPTION = 2048

export interface ChannelQuery {
  readonly words: string
  /** By address nothing is missed or comes twice over the pages; by users the largest come first. */
  readonly order: 'users' | 'address'
  readonly page: PageRequest
}

/** Everything by the service's word, which may be old. */
export interface FoundChannel {
  readonly room: BareJid
  readonly name: string
  readonly description?: string
  readonly language?: string
  readonly users?: number
  /** No password and no membership is asked for. */
  readonly open?: boolean
}

export interface FoundChannels {
  readonly channels: readonly FoundChannel[]
  /** Undefined: these are all. */
  readonly bounds?: PageBounds
}

/**
 * One page. Rejects as Iq.request does: 'bad-request' for words that cannot be looked for, 'resource-constraint' for asking
 * too often (§4.2.2.4).
 */
export async function searchChannels(iq: Iq, service: Jid, query: ChannelQuery): Promise<FoundChannels> {
  const result = await iq.request({ type: 'get', to: service, payload: buildChannelSearch(query) })
  const found = result.getChild('result', NS)
  return found === undefined ? { channels: [] } : parseChannels(found)
}

export function buildChannelSearch({ words, order, page }: ChannelQuery): Element {
  const key = `{${ORDER}}${order === 'users' ? 'nusers' : 'address'}`
  const form = buildSubmit([
    { name: 'FORM_TYPE', type: 'hidden', values: [FORM_TYPE] },
    { name: 'q', type: 'text-single', values: [words] },
    { name: 'sinname', type: 'boolean', values: ['true'] },
    { name: 'sindescription', type: 'boolean', values: ['true'] },
    { name: 'types', type: 'list-multi', values: ['xep-0045'] },
    { name: 'key', type: 'list-single', values: [key] },
  ])
  return xml('search', { xmlns: NS }, buildPageRequest(page), form)
}

/** Reads `<result/>`. Channels of other kinds than rooms are left out, and so is what has no address. */
export function parseChannels(result: Element): FoundChannels {
  const channels = ownChildren(result, 'item').slice(0, MAX_CHANNELS).flatMap(parseChannel)
  const byRoom = new Map(channels.map((channel) => [channel.room, channel]))
  return { channels: [...byRoom.values()], ...present('bounds', parsePageBounds(result)) }
}

function parseChannel(item: Element): FoundChannel[] {
  const read = (name: string): string | undefined => ownChildren(item, name)[0]?.getText().trim()
  const room = parseBareJid(attribute(item, 'address') ?? '')
  if (room === undefined || !['xep-0045', undefined].includes(read('service-type'))) return []
  const description = clip(read('description') ?? '', MAX_DESCRIPTION)
  const [language = '', users = ''] = [read('language'), read('nusers')]
  return [
    {
      room,
      name: clip(read('name') ?? '', MAX_NAME),
      ...(description === '' ? {} : { description }),
      ...(/^[a-z]{2,8}(-[a-z0-9]{1,8}){0,4}$/i.test(language) ? { language } : {}),
      ...(/^\d{1,9}$/.test(users) ? { users: Number(users) } : {}),
      ...present('open', openIn(read('is-open'))),
    },
  ]
}

/** The specification's own examples have it empty, for yes (§4.2.2.1). */
function openIn(text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined
  return text === '' || text === 'true' || text === '1'
}

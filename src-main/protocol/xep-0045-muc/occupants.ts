/** XEP-0045 §7.2.2: what a room adds to the presence of its occupants. */
import { parseBareJid, parseJid } from '../../model/jid.ts'
import { AFFILIATIONS, ROLES } from '../../model/room.ts'
import type { Actor, Destruction, Occupancy } from './muc.types.ts'
import { attribute, ownChildren, present } from '../stanza.ts'
import type { Element } from '../xml.ts'
import { passwordIn, reasonIn, roomElement, saneNick } from './foreign.ts'
import { statusesIn } from './statuses.ts'

/**
 * Reads the `<x/>` of a presence; undefined when there is none. True only of a room that we have entered, which is the
 * caller's question: anybody may put this into a presence of theirs. What is missing or unknown is 'none'.
 */
export function parseOccupancy(presence: Element): Occupancy | undefined {
  const room = roomElement(presence)
  return room === undefined ? undefined : { ...parseItem(room), ...destructionOf(room) }
}

function parseItem(room: Element): Omit<Occupancy, 'destroyed'> {
  const item = ownChildren(room, 'item')[0]
  const read = (name: string): string | undefined => item && attribute(item, name)
  return {
    affiliation: AFFILIATIONS.find((known) => known === read('affiliation')) ?? 'none',
    role: ROLES.find((known) => known === read('role')) ?? 'none',
    ...present('jid', parseJid(read('jid') ?? '')),
    ...present('nick', saneNick(read('nick'))),
    ...present('actor', item && parseActor(item)),
    reason: reasonIn(item),
    statuses: statusesIn(room),
  }
}

function parseActor(item: Element): Actor | undefined {
  const element = ownChildren(item, 'actor')[0]
  if (element === undefined) return undefined
  const actor = {
    ...present('nick', saneNick(attribute(element, 'nick'))),
    ...present('jid', parseJid(attribute(element, 'jid') ?? '')),
  }
  return Object.keys(actor).length === 0 ? undefined : actor
}

function destructionOf(room: Element): { readonly destroyed?: Destruction } {
  const destroy = ownChildren(room, 'destroy')[0]
  if (destroy === undefined) return {}
  return {
    destroyed: {
      ...present('alternative', parseBareJid(attribute(destroy, 'jid') ?? '')),
      ...present('password', passwordIn(destroy)),
      reason: reasonIn(destroy),
    },
  }
}

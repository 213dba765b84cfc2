/** XEP-0444: Message Reactions, version 0.2.1. https://xmpp.org/extensions/xep-0444.html */
import { isOneEmoji } from '../model/one-emoji.ts'
import { idOf } from './stanza.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'urn:xmpp:reactions:0'
export const features = [NS]

/** Of one person to one message. What comes after these is not read. */
export const MAX_REACTIONS = 16
const MOST_READ = 64

export interface Reactions {
  /** The origin-id, else the `id` attribute, of the message they are for (§4.2, outside of rooms). */
  readonly to: string
  /** All that hold from now on; none takes the earlier ones back. */
  readonly emoji: readonly string[]
}

/** Undefined without an id, or with two of them (§4). What is no single emoji is passed over, and so is what comes twice. */
export function parseReactions(message: Element): Reactions | undefined {
  const [reactions, ...more] = message.getChildren('reactions', NS)
  const to = reactions === undefined || more.length > 0 ? undefined : idOf(reactions)
  if (reactions === undefined || to === undefined) return undefined
  const texts = reactions
    .getChildren('reaction', NS)
    .slice(0, MOST_READ)
    .map((reaction) => reaction.getText().trim())
  return { to, emoji: [...new Set(texts.filter(isOneEmoji))].slice(0, MAX_REACTIONS) }
}

export function buildReactions({ to, emoji }: Reactions): Element {
  return xml('reactions', { xmlns: NS, id: to }, ...emoji.map((one) => xml('reaction', {}, one)))
}

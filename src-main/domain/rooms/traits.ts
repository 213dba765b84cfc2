/** What is kept of what a room says of itself, and what of it decides how much its words are worth. */
import type { RoomInfo } from '../../protocol/xep-0045-muc/index.ts'
import type { KnownTraits } from './memory.ts'

export function traitsOf(info: RoomInfo): KnownTraits {
  const {
    offers,
    contacts: _contacts,
    avatarHashes: _hashes,
    logs: _logs,
    subject: _subject,
    ...traits
  } = info
  return {
    ...traits,
    // An archive is worth nothing without its ids (XEP-0313 §5.1.3).
    stanzaIds: offers.includes('stanza-ids') || offers.includes('archive'),
    hats: offers.includes('hats'),
    pictures: offers.includes('vcard'),
  }
}

/** Not every room that tells the hash of its picture by presence says it with the rest. */
export function withPicture(traits: KnownTraits, told: string | undefined): KnownTraits {
  return traits.avatarHash !== undefined || told === undefined || told === ''
    ? traits
    : { ...traits, avatarHash: told }
}

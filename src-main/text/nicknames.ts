/**
 * Which nicknames may stand where else the local part of an address would (XEP-0172 §5). Anyone may call themselves anything,
 * so it is only a contact's, only where the user gave no name, and never one that hides something, imitates letters, is an
 * address, or could be taken for somebody else among the contacts.
 */
import { readName } from './names.ts'

export interface Nicknamed {
  /** The same in every account. */
  readonly jid: string
  /** What the user calls the contact; empty: nothing. */
  readonly name: string
  /** Of the address. */
  readonly localPart: string
  /** What the contact calls itself; empty: nothing. */
  readonly nick: string
}

const MOST = 64
const SEVERAL = ''

/** By address. */
export function nicksToShow(contacts: readonly Nicknamed[]): ReadonlyMap<string, string> {
  const wanted = contacts.filter(({ name, nick }) => !isGiven(name) && mayShow(nick))
  if (wanted.length === 0) return new Map()
  const owners = ownersOf(contacts)
  return new Map(
    wanted.filter(({ jid, nick }) => owners.get(likeness(nick)) === jid).map(({ jid, nick }) => [jid, nick]),
  )
}

/** Spaces alone are no name. */
function isGiven(name: string): boolean {
  return name.trim() !== ''
}

function mayShow(nick: string): boolean {
  return nick !== '' && nick.length <= MOST && !nick.includes('@') && readName(nick).warnings.length === 0
}

/** Whose each name is, by how it looks; of a name that two could be meant by, nobody's. */
function ownersOf(contacts: readonly Nicknamed[]): ReadonlyMap<string, string> {
  const owners = new Map<string, string>()
  for (const { jid, name, localPart, nick } of contacts) {
    for (const each of isGiven(name) ? [name] : [localPart, nick]) {
      const look = likeness(each)
      const owner = owners.get(look) ?? jid
      owners.set(look, owner === jid ? jid : SEVERAL)
    }
  }
  return owners
}

/** Cyrillic and Greek letters, digits and an l, and what each is taken for. */
const LOOKS = [...'аһсԁеѕіјӏорԛтԝхуүѵвкмнαγικνορτυχ10l|']
const TAKEN_FOR = [...'ahcdesijiopqtwxyyvbkmhayikvoptuxioii']
const DOUBLES = new Map(LOOKS.map((look, index) => [look, TAKEN_FOR[index] ?? look]))

/** The same for names that are hard to tell apart: only to compare. */
function likeness(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}\s]/gu, '')
    .toLowerCase()
  return [...plain].map((letter) => DOUBLES.get(letter) ?? letter).join('')
}

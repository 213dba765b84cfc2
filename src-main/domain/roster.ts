/** The roster (RFC 6121 §2): fetched on a fresh stream, kept right by pushes, changed by the user. */
import type { CheckedInput } from '../contract/commands.ts'
import type { Contact, RosterItem } from '../model/contact.ts'
import { bareOf, type BareJid } from '../model/jid.ts'
import { StanzaError } from '../protocol/errors.ts'
import {
  fetchRoster,
  NS,
  parseRosterPush,
  removeRosterItem,
  setRosterItem,
  type Roster,
  type RosterPush,
} from '../protocol/roster.ts'
import { forgetDirected } from './availability/directed.ts'
import type { Link } from './link.ts'
import { guardStorage } from './storage-guard.ts'
import { isSeen, requestMutual, seesUs, settleRequest } from './subscriptions.ts'
import { takeRequestOf } from './requests/waiting.ts'
import type { Tools } from './tools.ts'
import { userError } from './user-errors.ts'

/** Takes the server's roster over, or learns that ours still holds (§2.6). Rejects as Iq.request does, and StorageError. */
export async function loadRoster(tools: Tools, link: Link): Promise<void> {
  try {
    const roster = link.fetchedRoster ?? (await requestRoster(link, knownVersion(tools, link)))
    if (link.closed) return
    if (roster !== 'unchanged') replaceRoster(tools, link.accountId, roster)
    link.rosterLoaded = true
  } finally {
    releasePushes(tools, link)
  }
}

/** `version`: of the roster we have; undefined for none. */
export async function requestRoster(
  { iq, stream }: Link,
  version: string | undefined,
): Promise<Roster | 'unchanged'> {
  if (!stream.features.rosterVersioning) return fetchRoster(iq, undefined)
  try {
    // §2.6.2: an empty version tells that versions are understood.
    return await fetchRoster(iq, version ?? '')
  } catch (error) {
    // A version that the server can't bear, damaged here or there, must not keep the contacts away for ever.
    if (version !== undefined && error instanceof StanzaError) return fetchRoster(iq, '')
    throw error
  }
}

function knownVersion({ storage }: Tools, { accountId }: Link): string | undefined {
  return storage.getRosterVersion(accountId)
}

function replaceRoster(tools: Tools, accountId: number, { items, version }: Roster): void {
  const { storage, events } = tools
  storage.replaceRoster(accountId, items, version)
  const upserted = storage.listContacts().filter((contact) => contact.accountId === accountId)
  events.emit('roster.changed', { accountId, replaced: true, upserted, removed: [] })
  for (const contact of upserted) {
    settleAnswered(tools, contact)
    takeRequestOf(tools, accountId, contact.jid)
  }
}

/** Registers the answer to roster pushes; only our own account may send them (§2.1.6, attack S3). */
export function answerPushes(tools: Tools, link: Link): void {
  link.iq.answer('set', NS, 'query', ({ element, from }) => {
    const push = parseRosterPush(element, link.stream.ownBareJid)
    if (push.kind === 'rejected') {
      tools.log('domain/roster', 'warn', push.reason, { from })
      return 'service-unavailable'
    }
    // A push that overtakes the answer to our request would be undone by it.
    if (link.heldPushes !== undefined) link.heldPushes.push(push)
    else guardStorage(tools, link, () => applyPush(tools, link, push))
    return undefined
  })
}

function releasePushes(tools: Tools, link: Link): void {
  const pushes = link.heldPushes ?? []
  link.heldPushes = undefined
  if (link.closed) return
  for (const push of pushes) guardStorage(tools, link, () => applyPush(tools, link, push))
}

function applyPush(tools: Tools, link: Link, push: RosterPush): void {
  const { accountId, rosterLoaded } = link
  const { storage, events, presences } = tools
  // On a roster that could not be fetched a push is right, but its version would hide for ever what is missing.
  const version = rosterLoaded ? push.version : undefined
  if (push.kind === 'removed') {
    storage.deleteRosterItem(accountId, push.jid, version)
    presences.setUnavailable(accountId, push.jid, undefined)
    return events.emit('roster.changed', { accountId, replaced: false, upserted: [], removed: [push.jid] })
  }
  const known = storage.findContact(accountId, push.item.jid)
  storage.upsertRosterItem(accountId, push.item, version)
  // RFC 6121 §3.3.3: with the subscription, all that we know of the contact's presence is void.
  if (isSeen(known) && !isSeen(push.item)) presences.setUnavailable(accountId, push.item.jid, undefined)
  const contact: Contact = { accountId, ...push.item }
  events.emit('roster.changed', { accountId, replaced: false, upserted: [contact], removed: [] })
  settleAnswered(tools, contact)
  takeRequestOf(tools, accountId, contact.jid)
  if (seesUs(contact)) forgetAddressed(link, contact.jid)
}

/** What was shown directly goes with the subscription that has taken its place. */
function forgetAddressed({ addressed }: Link, jid: BareJid): void {
  for (const each of addressed) if (bareOf(each) === jid) addressed.delete(each)
}

/** Another device of ours has said yes; and who sees us needs no directed presence. */
function settleAnswered(tools: Tools, contact: Contact): void {
  if (!seesUs(contact)) return
  settleRequest(tools, contact.accountId, contact.jid)
  forgetDirected(tools, contact.accountId, contact.jid)
}

/** Puts somebody on the roster, or renames who is there, and asks for the subscriptions that are missing. */
export async function addContact(
  tools: Tools,
  link: Link,
  input: CheckedInput<'contact.add'>,
): Promise<void> {
  const { accountId, jid, name, groups } = input
  if (jid === link.stream.ownBareJid) throw userError('invalid-address', 'the own address')
  const known = tools.storage.findContact(accountId, jid)
  await setRosterItem(link.iq, { jid, name: name.trim(), groups: unique(groups) })
  requestMutual(tools, link, input, known)
}

export async function updateContact(
  tools: Tools,
  link: Link,
  { accountId, jid, name, groups }: CheckedInput<'contact.update'>,
): Promise<void> {
  getContact(tools, accountId, jid)
  await setRosterItem(link.iq, { jid, name: name.trim(), groups: unique(groups) })
}

/** The server ends the subscriptions both ways (§2.5.2). The history stays. */
export async function removeContact(
  tools: Tools,
  link: Link,
  { accountId, jid }: CheckedInput<'contact.remove'>,
): Promise<void> {
  getContact(tools, accountId, jid)
  await removeRosterItem(link.iq, jid)
}

/** Throws UserError 'not-found'. */
export function getContact({ storage }: Tools, accountId: number, jid: BareJid): RosterItem {
  const contact = storage.findContact(accountId, jid)
  if (contact === undefined) throw userError('not-found')
  return contact
}

function unique(groups: readonly string[]): readonly string[] {
  return [...new Set(groups)]
}

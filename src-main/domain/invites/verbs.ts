/** Invitations: made by the server where it does that (XEP-0401), else by us (XEP-0379), and redeemed. */
import type { Invite } from '../../model/invites.ts'
import { domainOf, parseBareJid, type BareJid } from '../../model/jid.ts'
import { writeInvitationUri } from '../../protocol/xep-0379-pre-auth.ts'
import {
  fetchInvitationOffers,
  requestAccountInvitation,
  requestInvitation,
  type InvitationOffers,
} from '../../protocol/xep-0401-invitations.ts'
import type { Link } from '../link.ts'
import { remembered } from '../server-features.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import { userError, withUserErrorsAsync } from '../user-errors.ts'
import type { InvitesVerbs } from './verbs.types.ts'

/** A server's own last as long as it says. */
const HOLDS_MS = 7 * 24 * 3_600_000

export function createInvitesVerbs(tools: Tools, sessions: Sessions): InvitesVerbs {
  return {
    createInvite: (accountId) =>
      withUserErrorsAsync(async () => {
        const link = sessions.requireOnline(accountId)
        return (await fromServer(tools, link)) ?? makeOwn(tools, link)
      }),
    offersAccountInvites: (accountId) =>
      withUserErrorsAsync(async () => (await offersOf(sessions.requireOnline(accountId))).accounts),
    createAccountInvite: ({ accountId, answers }) =>
      withUserErrorsAsync(async () => {
        const { iq, stream } = sessions.requireOnline(accountId)
        const server = serverOf(stream.ownBareJid)
        const made = server && (await requestAccountInvitation(iq, server, answers))
        if (made === undefined) throw userError('unreadable-answer')
        if (made.kind !== 'none') return made
        throw made.reason === ''
          ? userError('unreadable-answer')
          : userError('refused-by-server', made.reason)
      }),
  }
}

const offers = new WeakMap<Link, Promise<InvitationOffers>>()

/** Asked once a stream: a dialog wants to know of both kinds. Rejects as Iq.request does. */
function offersOf(link: Link): Promise<InvitationOffers> {
  const server = serverOf(link.stream.ownBareJid)
  if (server === undefined) return Promise.resolve({ contacts: false, accounts: false })
  return remembered(offers, link, () => fetchInvitationOffers(link.iq, server))
}

const serverOf = (own: BareJid): BareJid | undefined => parseBareJid(domainOf(own))

/** A server that can't, or won't, is no reason not to invite. */
async function fromServer({ log }: Tools, link: Link): Promise<Invite | undefined> {
  try {
    const server = serverOf(link.stream.ownBareJid)
    if (server === undefined || !(await offersOf(link)).contacts) return undefined
    return await requestInvitation(link.iq, server)
  } catch (error) {
    log('domain/invites', 'info', 'the server made no invitation', { error })
    return undefined
  }
}

/** §5.1: the token has to be beyond guessing: a random UUID has 122 bits. */
function makeOwn({ storage, now, newId }: Tools, { accountId, stream }: Link): Invite {
  const token = newId()
  const expiresAt = now() + HOLDS_MS
  storage.putInviteToken(accountId, token, expiresAt, now())
  return { uri: writeInvitationUri(stream.ownBareJid, token), expiresAt }
}

/** XEP-0401: Ad-hoc Account Invitation Generation, version 0.6.0. https://xmpp.org/extensions/xep-0401.html */
import type { Invite, InviteAnswer } from '../model/invites.ts'
import type { DataForm, FieldAnswer, FormField } from '../model/form.ts'
import type { BareJid } from '../model/jid.ts'
import type { CommandStep } from '../model/services.ts'
import { parseXmppUri } from '../model/xmpp-uri.ts'
import type { Iq } from './iq.ts'
import { fetchCommands, runCommand } from './xep-0050-commands.ts'

const CONTACT = 'urn:xmpp:invite#invite'
const ACCOUNT = 'urn:xmpp:invite#create-account'
const MAX_URL = 4096

export interface InvitationOffers {
  /** To be a contact, with an account of theirs or, if the server lets us, a new one. */
  readonly contacts: boolean
  /** To have an account on the server (§5.4): administrators, and whom they allow. */
  readonly accounts: boolean
}

/** Which invitations the server makes for us (§3). Rejects as Iq.request does. */
export async function fetchInvitationOffers(iq: Iq, server: BareJid): Promise<InvitationOffers> {
  const commands = await fetchCommands(iq, server)
  const offers = (wanted: string): boolean =>
    commands.some(({ node, jid }) => node === wanted && jid === server)
  return { contacts: offers(CONTACT), accounts: offers(ACCOUNT) }
}

/** A new invitation by the server (§5.1); undefined where its answer has none. Rejects as Iq.request does. */
export async function requestInvitation(iq: Iq, server: BareJid): Promise<Invite | undefined> {
  return invitationIn(await runCommand(iq, { to: server, node: CONTACT, action: 'execute' }))
}

/** What came of it; 'none': the server's answer has no invitation, and perhaps says why. */
export type AccountInvitation = InviteAnswer | { readonly kind: 'none'; readonly reason: string }

/**
 * A new invitation to an account on the server (§5.4), under a name that the invited choose. Where the server insists on more
 * it is 'asked'; the answers to that form go along with a new call. Rejects as Iq.request does.
 */
export async function requestAccountInvitation(
  iq: Iq,
  server: BareJid,
  answers: readonly FieldAnswer[] = [],
): Promise<AccountInvitation> {
  const command = { to: server, node: ACCOUNT } as const
  const first = await runCommand(iq, { ...command, action: 'execute' })
  if (first?.status !== 'executing') return outcomeOf(first)
  const fields = first.form?.fields ?? []
  const given = fields.flatMap((field) => answers.find(({ name }) => name === field.name) ?? answerTo(field))
  const isEnough = fields.every(
    ({ name, required }) => !required || given.some((each) => each.name === name && each.values.length > 0),
  )
  const last = isEnough
    ? await runCommand(iq, { ...command, action: 'complete', sessionId: first.sessionId, answers: given })
    : first
  if (last?.status !== 'executing') return outcomeOf(last)
  // It is begun anew with the answers: nothing is left open while the user thinks.
  await runCommand(iq, { ...command, action: 'cancel', sessionId: last.sessionId }).catch(() => undefined)
  return last.form === undefined ? outcomeOf(last) : { kind: 'asked', form: last.form }
}

/** Whoever comes this way is to be our contact, where the server asks; everything else as it proposes. */
function answerTo({ name, type, values }: FormField): readonly FieldAnswer[] {
  if (name === '' || type === 'fixed') return []
  return [{ name, type, values: name === 'roster-subscription' ? ['1'] : values }]
}

function outcomeOf(step: CommandStep | undefined): AccountInvitation {
  const invite = invitationIn(step)
  const reason = step?.notes.map(({ text }) => text).join('\n') ?? ''
  return invite === undefined ? { kind: 'none', reason } : { kind: 'made', invite }
}

function invitationIn(step: CommandStep | undefined): Invite | undefined {
  return step?.status === 'completed' && step.form !== undefined ? readInvitation(step.form) : undefined
}

/** Undefined without a link that invites. A landing page that is not https is left out. */
export function readInvitation({ fields }: Pick<DataForm, 'fields'>): Invite | undefined {
  const valueOf = (name: string): string | undefined => fields.find((field) => field.name === name)?.values[0]
  const uri = valueOf('uri')
  const parsed = uri === undefined ? undefined : parseXmppUri(uri)
  if (uri === undefined || parsed?.preauth === undefined) return undefined
  const landing = valueOf('landing-url')
  const isPage =
    landing !== undefined &&
    landing.length <= MAX_URL &&
    /^https:\/\/\S+$/.test(landing) &&
    URL.canParse(landing)
  const expiresAt = Date.parse(valueOf('expire') ?? '')
  return {
    uri,
    ...(parsed.opensAccount ? { opensAccount: true } : {}),
    ...(isPage ? { landing } : {}),
    ...(Number.isNaN(expiresAt) ? {} : { expiresAt }),
  }
}

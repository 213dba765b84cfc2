/** Invitations: what the renderer may ask for. */
import * as v from 'valibot'
import type { Invite, InviteAnswer } from '../../model/invites.ts'
import type { XmppUri } from '../../model/xmpp-uri.ts'
import { id, text } from '../fields.ts'
import { answers } from './services.ts'

export const invitesCommands = {
  /** A new one at each call: by the server where it does that, else by us. */
  'invite.create': v.strictObject({ accountId: id }),
  /** Whether the account's server lets its user invite to accounts there (XEP-0401 §4.4). */
  'invite.offersAccounts': v.strictObject({ accountId: id }),
  /** To an account on the same server, and to nothing else. `answers`: to what the server asked before. */
  'invite.createAccount': v.strictObject({ accountId: id, answers: v.optional(answers) }),
  /** What somebody pasted: an `xmpp:` link, or a web page that has one behind its `#`. Null: neither. */
  'invite.read': v.strictObject({ text: text(4096) }),
  /** The one that waits for an account is not wanted. */
  'invite.forget': v.strictObject({}),
} as const

export interface InvitesOutputs {
  'invite.create': Invite
  'invite.offersAccounts': boolean
  'invite.createAccount': InviteAnswer
  'invite.read': XmppUri | null
}

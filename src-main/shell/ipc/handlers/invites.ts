/** Invitations: their part of the table of commands. */
import type { invitesCommands } from '../../../contract/commands/invites.ts'
import type { Handlers } from '../../../contract/commands.ts'
import { readInvitationLink } from '../../../model/xmpp-uri.ts'
import type { HandlerTools } from '../handler-tools.ts'

export function createInvitesHandlers({
  app,
  invitation,
}: HandlerTools): Pick<Handlers, keyof typeof invitesCommands> {
  return {
    'invite.create': ({ accountId }) => app.createInvite(accountId),
    'invite.offersAccounts': ({ accountId }) => app.offersAccountInvites(accountId),
    'invite.createAccount': (input) => app.createAccountInvite(input),
    'invite.read': ({ text }) => {
      invitation.note(text)
      return readInvitationLink(text) ?? null
    },
    'invite.forget': () => invitation.forget(),
  }
}

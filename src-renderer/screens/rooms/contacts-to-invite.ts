/** Whom a room can be told to: the contacts of its account. */
import type { Linnet } from '../../stores/linnet.svelte.ts'
import type { SwitchTarget } from '../../stores/switcher.ts'

export function contactsToInvite({ roster, presence }: Linnet, accountId: number): readonly SwitchTarget[] {
  return roster.all
    .filter((contact) => contact.accountId === accountId && contact.jid.includes('@'))
    .map(({ jid }) => ({
      ...{ accountId, jid, name: roster.nameOf(accountId, jid), show: presence.showOf(accountId, jid) },
      ...{ conversationId: undefined, unreadCount: 0, activeAt: 0 },
    }))
}

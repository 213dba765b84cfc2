/** Whom Ctrl+K can go to: every conversation, and every contact without one. */
import type { Linnet } from './linnet.svelte.ts'
import type { SwitchTarget } from './switcher.ts'

export function switchTargets({ conversations, roster, presence }: Linnet): readonly SwitchTarget[] {
  const talked = new Set(conversations.list.map((one) => `${one.accountId} ${one.counterpart}`))
  const describe = (accountId: number, jid: string) => ({
    accountId,
    jid,
    name: roster.nameOf(accountId, jid),
    show: presence.showOf(accountId, jid),
  })
  return [
    ...conversations.list.map(({ id, accountId, counterpart, unreadCount, activeAt }) => ({
      ...describe(accountId, counterpart),
      conversationId: id,
      unreadCount,
      activeAt,
    })),
    ...roster.all
      .filter((contact) => !talked.has(`${contact.accountId} ${contact.jid}`))
      .map((contact) => ({
        ...describe(contact.accountId, contact.jid),
        conversationId: undefined,
        unreadCount: 0,
        activeAt: 0,
      })),
  ]
}

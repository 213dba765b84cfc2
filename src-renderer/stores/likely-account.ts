/** Which account a dialog starts with, where nothing else says which one. */
import type { Linnet } from './linnet.svelte.ts'

/** That of what is on screen, of the filter of the list, or else the first; 0 where there is none that can be used. */
export function likelyAccount({ accounts, conversations, navigation }: Linnet): number {
  const { page } = navigation
  const onScreen =
    page !== undefined && 'accountId' in page
      ? page.accountId
      : conversations.find(navigation.conversationId)?.accountId
  const wanted = conversations.filter ?? onScreen
  return (accounts.usable.find(({ id }) => id === wanted) ?? accounts.first)?.id ?? 0
}

/** How the user and an address stand, and what each action about it does: for the contact list, the contact's page, a chat. */
import type { SubscriptionAction, Standing } from '../../components/roster/subscription-actions.ts'
import type { Linnet } from '../../stores/linnet.svelte.ts'

const STRANGER: Standing['contact'] = { subscription: 'none', ask: false, approved: false }

/** Reactive where it is read in a component. An address that is no contact counts as one without any subscription. */
export function standingOf(linnet: Linnet, accountId: number, jid: string): Standing {
  const { availability } = linnet
  return {
    contact: linnet.roster.find(accountId, jid) ?? STRANGER,
    hasAsked: linnet.requests.find(accountId, jid) !== undefined,
    blocked: availability.blockingEntry(accountId, jid) !== undefined,
    shown: availability.isShownTo(accountId, jid),
    canBlock: availability.canBlock(accountId),
    canPreApprove: availability.canPreApprove(accountId),
  }
}

/** Does it at once, or opens the dialog that asks first. A failure is shown above the window's content. */
export function runSubscriptionAction(
  linnet: Linnet,
  { accountId, jid }: { readonly accountId: number; readonly jid: string },
  action: SubscriptionAction,
): void {
  const { navigation } = linnet
  const who = { accountId, jid }
  switch (action) {
    case 'answer':
      navigation.dialog = { kind: 'request', ...who }
      break
    case 'ask':
    case 'ask-again':
      navigation.dialog = { kind: 'ask', ...who }
      break
    case 'revoke':
    case 'stop-seeing':
      navigation.dialog = { kind: 'end-subscription', ...who, which: action }
      break
    case 'block':
      navigation.dialog = { kind: 'block', accountId, address: jid }
      break
    case 'unblock':
      unblock(linnet, accountId, jid)
      break
    case 'cancel-request':
      void linnet.attempt('subscription.end', who)
      break
    case 'cancel-pre-approval':
      void linnet.attempt('subscription.revoke', who)
      break
    case 'pre-approve':
      void linnet.attempt('subscription.preApprove', who)
      break
    case 'show-presence':
      void linnet.attempt('presence.showTo', who)
      break
    case 'hide-presence':
      void linnet.attempt('presence.hideFrom', who)
      break
  }
}

/** For the conversation's banner; blocking where the server can. */
export function blockActions(linnet: Linnet, accountId: number, jid: string) {
  return {
    block: linnet.availability.canBlock(accountId)
      ? () => (linnet.navigation.dialog = { kind: 'block', accountId, address: jid })
      : undefined,
    unblock: () => unblock(linnet, accountId, jid),
  }
}

/** Of one who is blocked with a whole domain, the list shows what else that lets in. */
export function unblock(linnet: Linnet, accountId: number, jid: string): void {
  if (linnet.availability.blockingEntry(accountId, jid) === jid)
    void linnet.attempt('blocking.unblock', { accountId, address: jid })
  else linnet.navigation.dialog = { kind: 'block-list', accountId }
}

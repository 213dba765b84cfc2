/**
 * How the user and a contact stand (RFC 6121 appendix A) in words, and what can be done about it. Pure: the contact list, the
 * contact's page and the conversation's menu show the same.
 */
import Ban from '@lucide/svelte/icons/ban'
import BellPlus from '@lucide/svelte/icons/bell-plus'
import Eye from '@lucide/svelte/icons/eye'
import EyeOff from '@lucide/svelte/icons/eye-off'
import MailQuestionMark from '@lucide/svelte/icons/mail-question-mark'
import ShieldOff from '@lucide/svelte/icons/shield-off'
import UserCheck from '@lucide/svelte/icons/user-check'
import UserX from '@lucide/svelte/icons/user-x'
import Undo from '@lucide/svelte/icons/undo-2'
import type { Contact } from '../../../src-main/model/contact.ts'
import type { TextKey, Translate } from '../../../src-main/text/text.ts'
import type { MenuEntry, MenuItem } from '../base/menu.types.ts'

export type SubscriptionAction =
  | 'answer' // their request waits: opens its dialog
  | 'ask' // for their presence
  | 'ask-again'
  | 'cancel-request' // take our own request back
  | 'stop-seeing'
  | 'revoke' // they see us no longer
  | 'pre-approve'
  | 'cancel-pre-approval'
  | 'show-presence' // directed presence, until we sign out
  | 'hide-presence'
  | 'block'
  | 'unblock'

/** What decides which actions there are. */
export interface Standing {
  readonly contact: Pick<Contact, 'subscription' | 'ask' | 'approved'>
  /** Their request waits for our answer. */
  readonly hasAsked: boolean
  readonly blocked: boolean
  /** Our presence is directed at them until we sign out. */
  readonly shown: boolean
  readonly canBlock: boolean
  readonly canPreApprove: boolean
}

/** What each side sees of the other: one sentence for each of the nine states of appendix A, and for pre-approval. */
export function subscriptionWords({
  contact,
  hasAsked,
}: Pick<Standing, 'contact' | 'hasAsked'>): readonly TextKey[] {
  const { subscription, ask, approved } = contact
  const words: TextKey[] = [STATE_WORDS[subscription]]
  if (ask && !sees(subscription)) words.push('availability.stateAsked')
  if (hasAsked && !isSeen(subscription)) words.push('availability.stateAsks')
  if (approved && !isSeen(subscription)) words.push('availability.stateApproved')
  return words
}

const STATE_WORDS: Readonly<Record<Contact['subscription'], TextKey>> = {
  none: 'availability.stateNone',
  to: 'availability.stateTo',
  from: 'availability.stateFrom',
  both: 'availability.stateBoth',
}

/** In the order in which a menu shows them; blocking comes last. */
export function subscriptionActions(standing: Standing): readonly SubscriptionAction[] {
  const { contact, hasAsked, blocked, shown, canBlock, canPreApprove } = standing
  if (blocked) return ['unblock']
  const { subscription, ask, approved } = contact
  const actions: SubscriptionAction[] = []
  const seen = isSeen(subscription)
  if (hasAsked && !seen) actions.push('answer')
  if (sees(subscription)) actions.push('stop-seeing')
  else actions.push(...(ask ? (['ask-again', 'cancel-request'] as const) : (['ask'] as const)))
  if (seen) actions.push('revoke')
  else if (approved) actions.push('cancel-pre-approval')
  else if (canPreApprove && !hasAsked) actions.push('pre-approve')
  if (!seen) actions.push(shown ? 'hide-presence' : 'show-presence')
  if (canBlock) actions.push('block')
  return actions
}

/** Whether it takes something away that only the other side can give back, so that the user is asked first. */
export function needsConfirmation(action: SubscriptionAction): boolean {
  return action === 'revoke' || action === 'stop-seeing' || action === 'block'
}

type Face = Pick<MenuItem, 'icon' | 'danger'> & { readonly label: TextKey }

const FACES: Readonly<Record<SubscriptionAction, Face>> = {
  answer: { label: 'availability.answer', icon: MailQuestionMark },
  ask: { label: 'availability.ask', icon: BellPlus },
  'ask-again': { label: 'roster.askAgain', icon: BellPlus },
  'cancel-request': { label: 'availability.cancelRequest', icon: Undo },
  'stop-seeing': { label: 'availability.stopSeeing', icon: EyeOff },
  revoke: { label: 'availability.revoke', icon: UserX },
  'pre-approve': { label: 'availability.preApprove', icon: UserCheck },
  'cancel-pre-approval': { label: 'availability.cancelPreApproval', icon: Undo },
  'show-presence': { label: 'availability.showPresence', icon: Eye },
  'hide-presence': { label: 'availability.hidePresence', icon: EyeOff },
  block: { label: 'availability.block', icon: Ban, danger: true },
  unblock: { label: 'availability.unblock', icon: ShieldOff },
}

/** One action as a menu or the contact page shows it; `run` does it or opens the dialog that confirms it. */
export function subscriptionEntry(
  t: Translate,
  action: SubscriptionAction,
  run: (action: SubscriptionAction) => void,
): MenuItem {
  return { ...FACES[action], label: t(FACES[action].label), onselect: () => run(action) }
}

export function subscriptionEntries(
  t: Translate,
  standing: Standing,
  run: (action: SubscriptionAction) => void,
): readonly MenuEntry[] {
  return subscriptionActions(standing).map((action) => subscriptionEntry(t, action, run))
}

function sees(subscription: Contact['subscription']): boolean {
  return subscription === 'to' || subscription === 'both'
}

function isSeen(subscription: Contact['subscription']): boolean {
  return subscription === 'from' || subscription === 'both'
}

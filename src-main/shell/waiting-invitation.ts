/** When an invitation is kept (kept-invitation.ts): while there is no account that could take it. */
import type { App } from '../domain/app.types.ts'
import type { View } from '../model/events.ts'
import type { KeptInvitation } from './kept-invitation.ts'

export interface WaitingInvitation {
  /** A link was opened or pasted. */
  note(link: string): void
  /** The user does not want it. */
  forget(): void
  /** What the first window shows. */
  view(): View | undefined
}

export function createWaitingInvitation(
  { state, events }: Pick<App, 'state' | 'events'>,
  kept: KeptInvitation,
): WaitingInvitation {
  const hasAccount = (): boolean => state().accounts.length > 0
  events.on('account.added', kept.forget)
  return {
    note(link) {
      if (!hasAccount()) kept.keep(link)
    },
    forget: kept.forget,
    view() {
      // Accounts came by another way: with a backup, or a file of them.
      if (hasAccount()) return void kept.forget()
      const uri = kept.find()
      return uri && { kind: 'link', uri }
    },
  }
}

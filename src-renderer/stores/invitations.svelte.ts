/** Invitations to rooms that wait for the user's answer, the newest first. */
import type { AppEvent } from '../../src-main/contract/events.ts'
import type { AppState } from '../../src-main/contract/snapshot.ts'
import type { Invitation } from '../../src-main/model/bookmarks.ts'

export class InvitationStore {
  #all = $state.raw<readonly Invitation[]>([])
  list = $derived(this.#all.toSorted((a, b) => b.receivedAt - a.receivedAt || b.id - a.id))

  start({ invitations }: AppState): void {
    this.#all = invitations
  }

  apply(event: AppEvent): void {
    if (event.name === 'invitation.received') {
      const { invitation } = event.payload
      this.#all = [...this.#without(invitation.id), invitation]
    } else if (event.name === 'invitation.answered') {
      this.#all = this.#without(event.payload.invitationId)
    } else if (event.name === 'account.removed') {
      this.#all = this.#all.filter(({ accountId }) => accountId !== event.payload.accountId)
    }
  }

  #without(invitationId: number): readonly Invitation[] {
    return this.#all.filter(({ id }) => id !== invitationId)
  }
}

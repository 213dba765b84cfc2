/** A window in which the garden is on screen, and its details. */
import { screen, waitFor } from '@testing-library/svelte'
import { expect } from 'vitest'
import type { Snapshot } from '../../../src-main/contract/snapshot.ts'
import type { Room } from '../../../src-main/model/room.ts'
import { createFakeBridge, type FakeBridge } from '../fake-bridge.ts'
import { makeAccount, makeConversation, ONLINE } from '../make.ts'
import { renderApp } from '../render-app.ts'
import { GARDEN, makeRoom } from './make.ts'

export type Answers = Parameters<typeof createFakeBridge>[1]

/** We are online and in the room; `state` and `answers` take the place of what a test does not speak of. */
export function createRoomBridge(
  room: Partial<Room>,
  answers: Answers = {},
  state: Partial<Snapshot> = {},
): FakeBridge {
  return createFakeBridge(
    {
      accounts: [makeAccount()],
      connections: [{ accountId: 1, state: ONLINE }],
      conversations: [makeConversation(1, GARDEN, { kind: 'room' })],
      rooms: [makeRoom(room)],
      view: { kind: 'conversation', conversationId: 1 },
      ...state,
    },
    {
      'conversation.page': () => ({ messages: [], hasMore: false }),
      'message.listPinned': () => [],
      'room.occupants': () => [],
      ...answers,
    },
  )
}

/** Resolves to the dialog. */
export async function openRoomDetails(bridge: FakeBridge): Promise<HTMLElement> {
  const linnet = renderApp(bridge)
  await waitFor(() => expect(linnet.ready).toBe(true))
  linnet.navigation.dialog = { kind: 'room-details', conversationId: 1 }
  return screen.findByRole('dialog')
}

/** Every screen that is no dialog, what opens over it, and the dialogs of rooms and services: by keys alone, without a barrier. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createHand, type Hand } from './dialogs/hand.ts'
import { joinHall, ROOM_DIALOGS } from './dialogs/rooms.ts'
import { goHome, prepareAxe, tryDialog, tryOverlay, tryScreen } from './dialogs/runner.ts'
import { OVERLAYS, SCREENS } from './dialogs/screens.ts'
import { setStage, type Stage } from './dialogs/stage.ts'
import { tryStanzaDialog } from './dialogs/console.ts'

let stage: Stage
let hand: Hand

beforeAll(async () => {
  stage = await setStage()
  hand = createHand(stage.page)
  await prepareAxe(stage.page)
  await goHome(hand)
  await joinHall(hand)
})
afterAll(() => stage.dispose())

describe('over a screen', () => {
  test.each(OVERLAYS)('$name', async (step) => {
    expect(await tryOverlay(stage, hand, step)).toEqual([])
  })
})

describe('screens', () => {
  test.each(SCREENS)('$name', async (step) => {
    expect(await tryScreen(stage, hand, step)).toEqual([])
  })
})

describe('dialogs of rooms and services', () => {
  test.each(ROOM_DIALOGS)('$of', async (step) => {
    expect(await tryDialog(stage, hand, step)).toEqual([])
  })
})

test('the XML console and what it asks before a stanza that does harm', async () => {
  expect(await tryStanzaDialog(stage, hand)).toEqual([])
})

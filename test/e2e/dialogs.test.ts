/** Every dialog of the main window, opened by keys alone: no barrier that axe finds, Tab goes round in it, Escape gives the focus back. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHAT_DIALOGS } from './dialogs/chat.ts'
import { createHand, type Hand } from './dialogs/hand.ts'
import { prepareAxe, tryDialog } from './dialogs/runner.ts'
import { setStage, type Stage } from './dialogs/stage.ts'
import { WINDOW_DIALOGS } from './dialogs/window.ts'

let stage: Stage
let hand: Hand

beforeAll(async () => {
  stage = await setStage()
  hand = createHand(stage.page)
  await prepareAxe(stage.page)
})
afterAll(() => stage.dispose())

describe.each([
  ['the window', WINDOW_DIALOGS],
  ['a chat', CHAT_DIALOGS],
])('of %s', (_, steps) => {
  test.each(steps)('$of', async (step) => {
    expect(await tryDialog(stage, hand, step)).toEqual([])
  })
})

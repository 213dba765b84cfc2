/** Conversations that are silent for a while: whose words neither notify nor count as unread. */
import type { CheckedInput } from '../../contract/commands.ts'
import { FOREVER, type MuteLength } from '../../model/devices.ts'
import { announceConversation, getConversation } from '../conversations.ts'
import type { Tools } from '../tools.ts'

const HOUR_MS = 3_600_000
/** When people wake up: a mute "until tomorrow" ends in the morning, not at midnight. */
const MORNING_HOUR = 8
/** The longest that a timer can wait; a later end waits again. */
const LONGEST_WAIT_MS = 2 ** 31 - 1

export interface Mutes {
  /** Throws UserError 'not-found'. */
  mute(input: CheckedInput<'conversation.mute'>): void
}

/** Those that are over end by themselves, also the ones of an earlier run. */
export function createMutes(tools: Tools): Mutes {
  const { storage, now } = tools
  let timer: NodeJS.Timeout | undefined

  function endThose(): void {
    for (const conversationId of storage.endMutes(now())) announceConversation(tools, conversationId)
    waitForNext()
  }

  function waitForNext(): void {
    clearTimeout(timer)
    const end = storage.nextMuteEnd()
    if (end === undefined || end === FOREVER) return
    timer = setTimeout(endThose, Math.min(Math.max(end - now(), 0), LONGEST_WAIT_MS)).unref()
  }

  waitForNext()
  return {
    mute({ conversationId, length }) {
      getConversation(tools, conversationId)
      const mutedUntil = length === null ? null : muteEnd(length, now())
      storage.setKeeping(conversationId, { mutedUntil })
      announceConversation(tools, conversationId)
      waitForNext()
    },
  }
}

/** Epoch milliseconds; "tomorrow" by this computer's time zone. */
export function muteEnd(length: MuteLength, nowMs: number): number {
  switch (length) {
    case 'hour':
      return nowMs + HOUR_MS
    case 'eight-hours':
      return nowMs + 8 * HOUR_MS
    case 'tomorrow': {
      const morning = new Date(nowMs)
      morning.setDate(morning.getDate() + 1)
      return morning.setHours(MORNING_HOUR, 0, 0, 0)
    }
    case 'forever':
      return FOREVER
  }
}

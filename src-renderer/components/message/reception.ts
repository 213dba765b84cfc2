/** How far an own message has come, as far as is known, and that in words. */
import type { Message } from '../../../src-main/model/message.ts'
import { clockTime, dayNumber, fullTime } from '../../../src-main/text/times.ts'
import type { Translate } from '../../../src-main/text/text.ts'

export type Step = 'pending' | 'sent' | 'delivered' | 'displayed'

/** Undefined for others' messages, and for one that was not sent. */
export function stepOf({ direction, state, deliveredAt, displayedAt }: Message): Step | undefined {
  if (state === 'pending') return 'pending'
  if (direction !== 'out' || state !== 'sent') return undefined
  if (displayedAt !== undefined) return 'displayed'
  return deliveredAt === undefined ? 'sent' : 'delivered'
}

/** "Delivered 12:03, displayed 12:05"; empty where there is nothing to say. */
export function receptionWords(t: Translate, message: Message): string {
  const { sentAt, deliveredAt, displayedAt } = message
  const step = stepOf(message)
  if (step === undefined) return ''
  if (step === 'pending') return t('chats.statePending')
  if (step === 'sent') return t('chats.stateSent')
  // The day only where it is another one.
  const time = (at: number): string =>
    dayNumber(at) === dayNumber(sentAt) ? clockTime(at, t.locale) : fullTime(at, t.locale)
  if (deliveredAt === undefined) return t('receipts.displayed', { time: time(displayedAt ?? sentAt) })
  if (displayedAt === undefined) return t('receipts.delivered', { time: time(deliveredAt) })
  return t('receipts.deliveredAndDisplayed', { delivered: time(deliveredAt), displayed: time(displayedAt) })
}

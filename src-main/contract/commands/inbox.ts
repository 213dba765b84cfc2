/** Single messages and the feed of notices: what the renderer may ask for. */
import * as v from 'valibot'
import type { FeedItem, SingleMessage, SinglePage } from '../../model/inbox.ts'
import { id, jid, MAX_BODY_LENGTH, nothing, singleKey, text } from '../fields.ts'

export const MAX_SUBJECT_LENGTH = 1024

const single = v.strictObject({ messageId: id })
const item = v.strictObject({ itemId: id })

export const inboxCommands = {
  /** Without a key: the newest page. */
  'single.page': v.strictObject({
    before: v.optional(singleKey),
    limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(200)),
  }),
  'single.get': single,
  'single.setUnread': v.strictObject({ messageId: id, unread: v.boolean() }),
  'single.markAllRead': nothing,
  /** Not one that is still on its way. */
  'single.delete': single,
  /** Subject or body must say something. */
  'single.send': v.pipe(
    v.strictObject({
      accountId: id,
      to: jid,
      subject: v.pipe(text(MAX_SUBJECT_LENGTH), v.trim()),
      body: text(MAX_BODY_LENGTH),
      /** The single message that it answers. */
      replyTo: v.optional(id),
    }),
    v.check(({ subject, body }) => subject !== '' || body.trim() !== ''),
  ),
  'single.retry': single,

  'feed.get': item,
  'feed.markRead': item,
  'feed.delete': item,
  'feed.clear': nothing,
} as const

/** Answers of these commands; one that is not named answers nothing. */
export interface InboxOutputs {
  'single.page': SinglePage
  'single.get': SingleMessage
  'single.send': SingleMessage
  'feed.get': FeedItem
}

/**
 * Headlines, and errors that answer nothing we sent, go to the feed of notices (RFC 6121 §5.2.2): read, not answered. It
 * is bounded, so that nobody fills the disk with what nobody asked for; what is dropped is the oldest, strangers' first.
 */
import { bareOf, domainOf } from '../../model/jid.ts'
import type { Languages } from '../../model/message.ts'
import type { FeedBounds, NewFeedItem } from '../../storage/inbox.types.ts'
import { clip } from '../../protocol/stanza.ts'
import { announceFeed } from '../inbox/announce.ts'
import { chooseForUser } from '../languages.ts'
import type { Tools } from '../tools.ts'
import type { Draft, IncomingStep } from './draft.ts'

export const FEED_BOUNDS: FeedBounds = { perSender: 50, perAccount: 200 }
/** An announcement is no book. */
const MAX_TEXT = 16_384
const MAX_LANGUAGES = 65_536

export const keepNotice: IncomingStep = (draft, tools) => {
  const { parsed, via, link } = draft
  if (parsed.type !== 'headline' && parsed.type !== 'error') return 'continue'
  // An error that answers what another device did is that one's to tell.
  if (parsed.type === 'error' && via !== 'live') return 'stop'
  const item = tools.storage.insertFeedItem(newItem(draft, tools))
  const dropped = tools.storage.trimFeed(link.accountId, FEED_BOUNDS)
  if (item !== undefined) draft.announcements.push(() => announceFeed(tools, item, dropped))
  return 'stop'
}

function newItem(draft: Draft, tools: Tools): NewFeedItem {
  const { parsed, link, stampMs } = draft
  const { accountId, stream } = link
  const senderBare = bareOf(parsed.from)
  const isServer = senderBare === domainOf(stream.ownBareJid) || senderBare === stream.ownBareJid
  const { condition = 'undefined-condition', text = '' } = parsed.error ?? {}
  return {
    accountId,
    sender: parsed.from,
    senderBare,
    known: isServer || tools.storage.findContact(accountId, senderBare) !== undefined,
    sentAt: stampMs ?? tools.now(),
    messageId: parsed.id,
    originId: parsed.originId,
    source: parsed.source ?? '',
    unstyled: parsed.unstyled,
    ...(parsed.type === 'error'
      ? { kind: 'error', subject: '', body: '', error: { condition, text } }
      : { kind: 'headline', ...headlineText(draft, tools) }),
  }
}

function headlineText({ parsed }: Draft, tools: Tools): Pick<NewFeedItem, 'subject' | 'body' | 'languages'> {
  const { subject, body, languages } = chooseForUser(parsed, tools)
  return { subject, body: clip(body, MAX_TEXT), languages: languages && bounded(languages) }
}

/** What is too long in all its languages is kept in the one that is shown. */
function bounded(languages: Languages): Languages | undefined {
  const size = languages.others.reduce((sum, { body }) => sum + body.length, 0)
  return size <= MAX_LANGUAGES ? languages : undefined
}

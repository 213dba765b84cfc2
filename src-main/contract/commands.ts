/**
 * What the renderer may ask for: name -> check of the input (runtime and type in one), and the type of the answer.
 * Unknown fields are refused (strictObject). A command without input takes an empty object.
 */
import * as v from 'valibot'
import type { Account, Transport } from '../model/account.ts'
import { HISTORY_LIMITS } from '../model/archive.ts'
import type { Conversation } from '../model/conversation.ts'
import type { BareJid } from '../model/jid.ts'
import { LINK_PICTURES } from '../model/links.ts'
import type { Message, MessagePage } from '../model/message.ts'
import { ROOM_COMINGS } from '../model/room-log.ts'
import type { Settings } from '../model/settings.ts'
import { inboxCommands, type InboxOutputs } from './commands/inbox.ts'
import { availabilityCommands, requestSubscription, requestText } from './commands/availability.ts'
import { peopleCommands, type PeopleOutputs } from './commands/people.ts'
import { servicesCommands, type ServicesOutputs } from './commands/services.ts'
import { consoleCommands, type ConsoleOutputs } from './commands/console.ts'
import { archiveCommands, type ArchiveOutputs } from './commands/archive.ts'
import { devicesCommands } from './commands/devices.ts'
import { receiptsCommands } from './commands/receipts.ts'
import { actionsCommands, type ActionsOutputs } from './commands/actions.ts'
import { repliesCommands, spoiler, type RepliesOutputs } from './commands/replies.ts'
import { searchCommands, type SearchOutputs } from './commands/search.ts'
import { linkCard, linksCommands, type LinksOutputs } from './commands/links.ts'
import { scheduleCommands, type ScheduleOutputs } from './commands/schedule.ts'
import { roomsCommands, type RoomsOutputs } from './commands/rooms.ts'
import { bookmarksCommands, type BookmarksOutputs } from './commands/bookmarks.ts'
import { ownershipCommands, type OwnershipOutputs } from './commands/ownership.ts'
import { requestsCommands } from './commands/requests.ts'
import { accountsCommands } from './commands/accounts.ts'
import { historyCommands, type HistoryOutputs } from './commands/history.ts'
import { aboutCommands, type AboutOutputs } from './commands/about.ts'
import { invitesCommands, type InvitesOutputs } from './commands/invites.ts'
import { preferencesCommands, type PreferencesOutputs } from './commands/preferences.ts'
import { registrationCommands, type RegistrationOutputs } from './commands/registration.ts'
import { connection, connectionsCommands, proxyPassword } from './commands/connections.ts'
import { picturesCommands, type PicturesOutputs } from './commands/pictures.ts'
import { profileCommands, type ProfileOutputs } from './commands/profile.ts'
import { body, contact, groups, id, jid, MAX_BODY_LENGTH, messageKey, nothing, text } from './fields.ts'
import type { Snapshot } from './snapshot.ts'

export { MAX_BODY_LENGTH } from './fields.ts'

export const commands = {
  'app.snapshot': nothing,
  'app.quit': nothing,

  /** Is this an address, and does its server answer? `reachable` is undefined when there is nothing to look up yet. */
  'account.check': v.strictObject({ address: text(3071), ...connection, proxyPassword }),
  'account.signIn': v.strictObject({
    address: text(3071),
    password: v.pipe(text(4096), v.nonEmpty()),
    remember: v.boolean(),
    /** Keep the password although the only keyring is unprotected. */
    insist: v.boolean(),
    resource: v.optional(v.pipe(text(1023), v.trim(), v.nonEmpty())),
    ...connection,
    proxyPassword,
  }),
  'account.cancelSignIn': nothing,
  /** For a password that was not kept or is no longer right. */
  'account.enterPassword': v.strictObject({
    accountId: id,
    password: v.pipe(text(4096), v.nonEmpty()),
    remember: v.boolean(),
    insist: v.boolean(),
  }),
  'account.reconnect': v.strictObject({ accountId: id }),
  /** Signs out and forgets the account, its password and, unless it is to be kept, its history on this computer. */
  'account.remove': v.strictObject({ accountId: id, keepHistory: v.optional(v.boolean()) }),

  'presence.set': v.strictObject({
    show: v.picklist(['chat', 'online', 'away', 'xa', 'dnd', 'offline']),
    status: text(1024),
    /** For this account alone; else for all, also those that had one of their own. */
    accountId: v.optional(id),
  }),

  'contact.add': v.strictObject({
    ...{ accountId: id, jid, name: text(256), groups },
    /** Said with the request to see the contact's presence. */
    request: requestText,
    /** Whether the contact may see ours as soon as it asks; true unless said otherwise. */
    preApprove: v.optional(v.boolean()),
    /** Of the invitation that it follows (XEP-0379). */
    preauth: v.optional(v.pipe(text(256), v.nonEmpty())),
  }),
  'contact.update': v.strictObject({ accountId: id, jid, name: text(256), groups }),
  'contact.remove': contact,
  /** Asks again for the contact's presence. */
  'contact.requestSubscription': requestSubscription,
  'subscription.answer': v.strictObject({
    accountId: id,
    jid,
    answer: v.picklist(['accept', 'accept-and-add', 'refuse', 'refuse-and-block']),
  }),

  'conversation.open': contact,
  'conversation.page': v.strictObject({
    conversationId: id,
    /** Neither: the newest page. */
    before: v.optional(messageKey),
    after: v.optional(messageKey),
    /** A message of the conversation, or a time (epoch milliseconds): what lies on both sides of it. */
    around: v.optional(
      v.union([v.strictObject({ messageId: id }), v.strictObject({ time: v.pipe(v.number(), v.finite()) })]),
    ),
    limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(200)),
  }),
  'conversation.markRead': v.strictObject({ conversationId: id }),
  'conversation.setDraft': v.strictObject({ conversationId: id, draft: text(MAX_BODY_LENGTH) }),

  'message.send': v.strictObject({
    conversationId: id,
    body,
    /** Answers this message of the same conversation. */
    replyTo: v.optional(id),
    spoiler: v.optional(spoiler),
    link: v.optional(linkCard),
  }),
  'message.retry': v.strictObject({ messageId: id }),
  /** Only an own message that failed. */
  'message.discard': v.strictObject({ messageId: id }),

  'settings.set': v.partial(
    v.strictObject({
      theme: v.picklist(['system', 'light', 'dark']),
      language: v.picklist(['system', 'en', 'zh-CN']),
      notifications: v.boolean(),
      notificationPreview: v.boolean(),
      closeToTray: v.boolean(),
      tellVersion: v.boolean(),
      tellSystem: v.boolean(),
      tellTime: v.boolean(),
      tellIdle: v.boolean(),
      tellDelivered: v.boolean(),
      tellDisplayed: v.boolean(),
      tellTyping: v.boolean(),
      rosterSort: v.picklist(['presence', 'name', 'recency']),
      rosterOffline: v.boolean(),
      rosterGroups: v.boolean(),
      offerLinkCards: v.boolean(),
      linkPictures: v.picklist(LINK_PICTURES),
      historyLimit: v.picklist(HISTORY_LIMITS),
      roomComings: v.picklist(ROOM_COMINGS),
    }),
  ),

  /** Opens a link from a message in the user's browser; the scheme is checked here, not in the renderer. */
  'link.open': v.strictObject({ url: text(8192) }),
  /** Many messages at once are longer than one may be. */
  'text.copy': v.strictObject({ text: text(16 * MAX_BODY_LENGTH) }),
  'window.openConversation': v.strictObject({ conversationId: id }),
  'window.openMain': nothing,
  /** The conversation that the calling window shows now; a focused window's conversation is not notified of. */
  'window.showing': v.strictObject({ conversationId: v.nullable(id) }),
  /** What is being done in the calling window would be lost with it: it is not let go while it is hidden. */
  'window.setBusy': v.strictObject({ busy: v.boolean() }),
  'log.show': nothing,

  ...inboxCommands,
  ...availabilityCommands,
  ...peopleCommands,
  ...servicesCommands,
  ...consoleCommands,
  ...archiveCommands,
  ...devicesCommands,
  ...receiptsCommands,
  ...actionsCommands,
  ...repliesCommands,
  ...searchCommands,
  ...linksCommands,
  ...scheduleCommands,
  ...roomsCommands,
  ...bookmarksCommands,
  ...ownershipCommands,
  ...accountsCommands,
  ...historyCommands,
  ...preferencesCommands,
  ...requestsCommands,
  ...connectionsCommands,
  ...registrationCommands,
  ...invitesCommands,
  ...aboutCommands,
  ...picturesCommands,
  ...profileCommands,
} as const

export interface AddressCheck {
  /** Undefined: not an address (yet). */
  readonly jid?: BareJid
  readonly reachable?: boolean
  /** 'TLSv1.3', when it was reachable. */
  readonly tls?: string
  readonly transport?: Transport
  readonly detail?: string
}

/** Answers of commands; one that is not named answers nothing. */
interface NamedOutputs
  extends
    InboxOutputs,
    PeopleOutputs,
    ServicesOutputs,
    ConsoleOutputs,
    ArchiveOutputs,
    ActionsOutputs,
    RepliesOutputs,
    SearchOutputs,
    LinksOutputs,
    ScheduleOutputs,
    RoomsOutputs,
    BookmarksOutputs,
    RegistrationOutputs,
    OwnershipOutputs,
    HistoryOutputs,
    PreferencesOutputs,
    AboutOutputs,
    InvitesOutputs,
    ProfileOutputs,
    PicturesOutputs {
  'app.snapshot': Snapshot
  'account.check': AddressCheck
  'account.signIn': Account
  'conversation.open': Conversation
  'conversation.page': MessagePage
  'message.send': Message
  'settings.set': Settings
}

export type CommandName = keyof typeof commands
/** What the renderer passes (a JID may still be plain text). */
export type CommandInput<N extends CommandName> = v.InferInput<(typeof commands)[N]>
/** What a handler receives after the check. */
export type CheckedInput<N extends CommandName> = v.InferOutput<(typeof commands)[N]>
export type CommandOutput<N extends CommandName> = N extends keyof NamedOutputs ? NamedOutputs[N] : void
export type Handlers = {
  [N in CommandName]: (input: CheckedInput<N>, caller: Caller) => CommandOutput<N> | Promise<CommandOutput<N>>
}

/** The window that asked. */
export interface Caller {
  readonly windowId: number
}

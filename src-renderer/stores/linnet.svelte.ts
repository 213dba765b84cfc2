/** The root of a window's state: every store, fed from one stream of events, given to the tree by context. */
import { getContext, setContext } from 'svelte'
import type { CommandInput, CommandName } from '../../src-main/contract/commands.ts'
import type { UserErrorData } from '../../src-main/contract/errors.ts'
import type { AppEvent, EventBatch } from '../../src-main/contract/events.ts'
import type { Snapshot } from '../../src-main/contract/snapshot.ts'
import type { AppEventName, AppEvents, Notice } from '../../src-main/model/events.ts'
import { errorDataOf, type Client, type EventListener } from '../bridge.ts'
import { ArchiveStore } from './archive.svelte.ts'
import { AvailabilityStore } from './availability.svelte.ts'
import { AccountStore } from './accounts.svelte.ts'
import { ConversationStore } from './conversations.svelte.ts'
import { FeedStore } from './feed.svelte.ts'
import { InboxStore } from './inbox.svelte.ts'
import { InvitationStore } from './invitations.svelte.ts'
import { NavigationStore } from './navigation.svelte.ts'
import { PictureStore } from './pictures.svelte.ts'
import { PeopleStore } from './people.svelte.ts'
import { PresenceStore } from './presence.svelte.ts'
import { RequestStore } from './requests.svelte.ts'
import { RoomStore } from './rooms.svelte.ts'
import { RosterStore } from './roster.svelte.ts'
import { SearchStore } from './search.svelte.ts'
import { ServicesStore } from './services.svelte.ts'
import { ScheduleStore } from './schedule.svelte.ts'
import { PreferencesStore } from './preferences.svelte.ts'
import { SettingsStore } from './settings.svelte.ts'
import { TypingStore } from './typing.svelte.ts'

type Listeners = { [N in AppEventName]?: Set<(payload: AppEvents[N]) => void> }

export class Linnet implements EventListener {
  readonly accounts = new AccountStore()
  readonly roster = new RosterStore()
  readonly presence = new PresenceStore()
  readonly availability = new AvailabilityStore()
  readonly people = new PeopleStore()
  readonly conversations = new ConversationStore()
  readonly requests = new RequestStore()
  readonly inbox = new InboxStore()
  readonly feed = new FeedStore()
  readonly settings = new SettingsStore()
  readonly preferences = new PreferencesStore()
  readonly typing = new TypingStore()
  readonly schedule = new ScheduleStore()
  readonly archive = new ArchiveStore()
  readonly rooms = new RoomStore()
  readonly invitations = new InvitationStore()
  readonly navigation: NavigationStore
  readonly services: ServicesStore
  readonly search: SearchStore
  readonly pictures: PictureStore
  notices = $state.raw<readonly Notice[]>([])
  failure = $state.raw<UserErrorData | undefined>(undefined)
  /** False until the snapshot is there. */
  ready = $state(false)
  readonly #listeners: Listeners = {}

  constructor(readonly client: Client) {
    this.navigation = new NavigationStore(client, this.conversations)
    this.services = new ServicesStore(client, this.navigation)
    this.search = new SearchStore(client)
    this.pictures = new PictureStore(client)
  }

  /**
   * For commands that nobody waits for: a failure is shown above the window's content until it is dismissed. True when it
   * succeeded.
   */
  async attempt<N extends CommandName>(name: N, input: CommandInput<N>): Promise<boolean> {
    try {
      await this.client.invoke(name, input)
      return true
    } catch (error) {
      this.failure = errorDataOf(error)
      return false
    }
  }

  /** For what failed outside of `attempt`: shown as there. */
  readonly fail = (error: unknown): void => {
    this.failure = errorDataOf(error)
  }

  /** For what is not a store here: the timeline of the conversation on screen. Returns its own unsubscribe. */
  on<N extends AppEventName>(name: N, listener: (payload: AppEvents[N]) => void): () => void {
    const set: Set<(payload: AppEvents[N]) => void> = (this.#listeners[name] ??= new Set<never>())
    set.add(listener)
    return () => void set.delete(listener)
  }

  start(snapshot: Snapshot): void {
    for (const store of this.#stores()) store.start(snapshot)
    this.notices = snapshot.notices
    if (snapshot.view) this.navigation.showView(snapshot.view)
    this.ready = true
  }

  apply(events: EventBatch): void {
    for (const event of events) {
      for (const store of this.#stores()) store.apply(event)
      this.navigation.apply(event)
      this.services.apply(event)
      this.#applyOwn(event)
      this.#tell(event)
    }
  }

  dismissNotice(notice: Notice): void {
    this.notices = this.notices.filter((one) => one !== notice)
  }

  #stores() {
    const { accounts, roster, presence, availability, people, conversations, requests, inbox, feed } = this
    return [
      ...[accounts, roster, presence, availability, people, conversations, requests, inbox, feed],
      ...[this.settings, this.search, this.typing, this.schedule, this.archive],
      ...[this.rooms, this.invitations, this.preferences, this.pictures],
    ]
  }

  #applyOwn(event: AppEvent): void {
    if (event.name === 'notice.raised') this.notices = [...this.notices, event.payload.notice]
  }

  #tell<N extends AppEventName>(event: { readonly name: N; readonly payload: AppEvents[N] }): void {
    for (const listener of this.#listeners[event.name] ?? []) listener(event.payload)
  }
}

const KEY = Symbol('linnet')

/** Call once at the top of a tree. */
export function provideLinnet(linnet: Linnet): void {
  setContext(KEY, linnet)
}

/** For screens. Components get props and never call this. */
export function useLinnet(): Linnet {
  const linnet = getContext<Linnet | undefined>(KEY)
  if (linnet === undefined) throw new Error('provideLinnet was not called above this component')
  return linnet
}

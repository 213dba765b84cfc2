/** What every part of the domain is given: the outside world (AppOptions), the events, and the presences in memory. */
import type { AppOptions, Events } from './app.types.ts'
import type { Traffic } from './console/traffic.ts'
import type { ArchiveMemory } from './archive/memory.ts'
import type { BookmarksMemory } from './bookmarks/memory.ts'
import type { VoiceRequests } from './ownership/voice.ts'
import type { Nicknames } from './nicknames/nicknames.ts'
import type { PersonPictures } from './pictures/person-pictures.ts'
import type { PictureRequests } from './pictures/requests.ts'
import type { AvailabilityMemory } from './availability/memory.ts'
import type { Notices } from './notices.ts'
import type { PresenceBook } from './presence-book.ts'
import type { RoomsMemory } from './rooms/memory.ts'
import type { TypingBook } from './receipts/typing-book.ts'

export interface Tools extends AppOptions {
  readonly events: Events
  readonly presences: PresenceBook
  readonly typing: TypingBook
  readonly raised: Notices
  readonly traffic: Traffic
  readonly availability: AvailabilityMemory
  readonly archive: ArchiveMemory
  readonly rooms: RoomsMemory
  readonly bookmarks: BookmarksMemory
  readonly voiceRequests: VoiceRequests
  readonly pictures: PictureRequests
  readonly personPictures: PersonPictures
  readonly nicknames: Nicknames
}

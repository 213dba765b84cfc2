/** The rooms of one service, page by page; or, of a service that searches, what it found (XEP-0030, XEP-0433). */
import type { UserErrorData } from '../../src-main/contract/errors.ts'
import type { FoundRoom, FoundRooms, RoomService } from '../../src-main/model/bookmarks.ts'
import { errorDataOf, type Client } from '../bridge.ts'
import { folded } from './folded.ts'

/** So many pages are asked for on their own, while what is filtered may be on one of them. */
const MOST_PAGES = 20

export class DirectoryStore {
  services = $state.raw<readonly RoomService[]>([])
  service = $state.raw<RoomService | undefined>(undefined)
  query = $state('')
  total = $state.raw<number | undefined>(undefined)
  busy = $state(false)
  error = $state.raw<UserErrorData | undefined>(undefined)
  #rooms = $state.raw<readonly FoundRoom[]>([])
  #next = $state.raw<string | undefined>(undefined)
  /** Answers to an earlier question are not for this one. */
  #round = 0

  constructor(
    private readonly client: Client,
    private readonly accountId: number,
  ) {}

  /** As the service gave them; where it can't search itself, those that have what was typed. */
  rooms = $derived.by(() => {
    const wanted = folded(this.query)
    if (this.service?.kind === 'search' || wanted === '') return this.#rooms
    return this.#rooms.filter((room) =>
      [room.name, room.jid, room.description ?? ''].some((text) => folded(text).includes(wanted)),
    )
  })

  get loaded(): number {
    return this.#rooms.length
  }

  get hasMore(): boolean {
    return this.#next !== undefined
  }

  /** Asks which services there are, and opens the first. */
  async open(): Promise<void> {
    await this.#ask(async (isCurrent) => {
      const services = await this.client.invoke('room.services', { accountId: this.accountId })
      if (!isCurrent()) return
      this.services = services
      this.service ??= services.find(({ kind }) => kind === 'rooms') ?? services[0]
    })
    if (this.service !== undefined) await this.load()
  }

  /** Another one of the services, or any that the user names. */
  async choose(jid: string): Promise<void> {
    const known = this.services.find((service) => service.jid === jid)
    const service = known ?? ({ jid, name: jid, kind: 'rooms' } as RoomService)
    if (known === undefined) this.services = [...this.services, service]
    this.service = service
    await this.load()
  }

  /** From the first page. A service that searches answers to words alone. */
  async load(): Promise<void> {
    this.#rooms = []
    this.#next = this.total = undefined
    const { service, query } = this
    if (service === undefined || (service.kind === 'search' && query.trim() === '')) {
      this.#round += 1
      this.busy = false
      this.error = undefined
      return
    }
    await this.#page(undefined)
  }

  async more(): Promise<void> {
    if (!this.busy && this.#next !== undefined) await this.#page(this.#next)
  }

  /** What is filtered here may lie on pages that are not here yet. */
  async lookFurther(enough: number): Promise<void> {
    for (let page = 0; page < MOST_PAGES && this.hasMore && this.rooms.length < enough; page += 1) {
      const { query } = this
      await this.more()
      if (query !== this.query || this.error !== undefined) return
    }
  }

  async #page(next: string | undefined): Promise<void> {
    const { service, query, accountId } = this
    if (service === undefined) return
    const at = { accountId, service: service.jid, ...(next === undefined ? {} : { next }) }
    await this.#ask(async (isCurrent) => {
      const found: FoundRooms =
        service.kind === 'search'
          ? await this.client.invoke('room.search', { ...at, words: query.trim() })
          : await this.client.invoke('room.list', at)
      if (!isCurrent()) return
      const known = new Set(this.#rooms.map(({ jid }) => jid))
      const fresh = found.rooms.filter(({ jid }) => !known.has(jid))
      this.#rooms = [...this.#rooms, ...fresh]
      // A service that gives the same page again and again has no more.
      this.#next = fresh.length === 0 ? undefined : found.next
      this.total = found.total
    })
  }

  async #ask(work: (isCurrent: () => boolean) => Promise<void>): Promise<void> {
    const round = ++this.#round
    const isCurrent = (): boolean => round === this.#round
    this.busy = true
    this.error = undefined
    try {
      await work(isCurrent)
    } catch (error) {
      if (isCurrent()) this.error = errorDataOf(error)
    } finally {
      if (isCurrent()) this.busy = false
    }
  }
}

/**
 * What an open contact page knows beyond roster and presence: the note, the vCard, what devices tell. One instance is one
 * visit of one address; nothing is asked unless the page is open, and each answer is shown when it comes.
 */
import type { EntityTime, LastActivity, SoftwareVersion } from '../../src-main/model/entity.ts'
import type { CachedCard } from '../../src-main/model/people.ts'
import type { Client } from '../bridge.ts'

/** 'asking', then what was told; undefined: nothing was. */
export type Told<T> = 'asking' | (T & { readonly toldAt: number }) | undefined

export interface DeviceTold {
  readonly version: Told<SoftwareVersion>
  readonly time: Told<EntityTime>
  readonly activity: Told<LastActivity>
}

const STALE_AFTER_MS = 86_400_000
const ASKING: DeviceTold = { version: 'asking', time: 'asking', activity: 'asking' }

export class ContactPageStore {
  note = $state('')
  /** False until what is kept on this computer is there. */
  loaded = $state(false)
  noteFailed = $state(false)
  card = $state.raw<CachedCard | undefined>(undefined)
  cardBusy = $state(false)
  cardFailed = $state(false)
  lastSeen = $state.raw<Told<LastActivity>>(undefined)
  devices = $state.raw<ReadonlyMap<string, DeviceTold>>(new Map())
  readonly #who: { readonly accountId: number; readonly jid: string }

  constructor(
    private readonly client: Client,
    accountId: number,
    jid: string,
  ) {
    this.#who = { accountId, jid }
  }

  async open(): Promise<void> {
    try {
      const { note, card } = await this.client.invoke('contact.read', this.#who)
      this.note = note
      this.card = card
    } finally {
      this.loaded = true
    }
  }

  /** Whether the vCard should be asked for without the user's wish. */
  get isCardStale(): boolean {
    return this.loaded && (this.card === undefined || Date.now() - this.card.fetchedAt > STALE_AFTER_MS)
  }

  /** Saved with each key: what was written when the program ends is there again. */
  async writeNote(note: string): Promise<void> {
    this.note = note
    try {
      await this.client.invoke('contact.setNote', { ...this.#who, note })
      this.noteFailed = false
    } catch {
      this.noteFailed = true
    }
  }

  async refreshCard(): Promise<void> {
    if (this.cardBusy) return
    this.cardBusy = true
    this.cardFailed = false
    try {
      this.card = await this.client.invoke('contact.fetchCard', this.#who)
    } catch {
      this.cardFailed = true
    } finally {
      this.cardBusy = false
    }
  }

  /** Asks the devices that were not there before, and forgets those that are gone. */
  watch(resources: readonly string[]): void {
    const fresh = resources.filter((resource) => !this.devices.has(resource))
    const known = resources.map((resource) => [resource, this.devices.get(resource) ?? ASKING] as const)
    if (fresh.length === 0 && known.length === this.devices.size) return
    this.devices = new Map(known)
    for (const resource of fresh) this.#askDevice(resource)
  }

  #askDevice(resource: string): void {
    const device = { ...this.#who, resource }
    const put = (part: Partial<DeviceTold>): void => {
      const told = this.devices.get(resource)
      if (told !== undefined) this.devices = new Map(this.devices).set(resource, { ...told, ...part })
    }
    void answered(this.client.invoke('contact.fetchVersion', device)).then((version) => put({ version }))
    void answered(this.client.invoke('contact.fetchTime', device)).then((time) => put({ time }))
    void answered(this.client.invoke('contact.fetchActivity', device)).then((activity) => put({ activity }))
  }

  /** Since when nobody is there; asked of the contact's server. */
  async askLastSeen(): Promise<void> {
    this.lastSeen = 'asking'
    this.lastSeen = await answered(this.client.invoke('contact.fetchActivity', this.#who))
  }
}

/** Not being told is no failure. */
async function answered<T>(asked: Promise<T | undefined>): Promise<(T & { toldAt: number }) | undefined> {
  const answer = await asked.catch(() => undefined)
  return answer === undefined ? undefined : { ...answer, toldAt: Date.now() }
}

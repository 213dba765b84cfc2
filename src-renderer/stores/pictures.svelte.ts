/** Pictures that this window has seen, by their hash. Asked for once they have stood on screen for a moment. */
import { SvelteMap } from 'svelte/reactivity'
import type { AppEvent } from '../../src-main/contract/events.ts'
import type { PersonPicture, PicturesState, ShownPicture } from '../../src-main/model/picture.ts'
import type { Client } from '../bridge.ts'
import { AnnouncedPictures } from './announced-pictures.svelte.ts'
import { Keyed } from './keyed.svelte.ts'
import { Looks } from './looks.ts'
import { pictureKey, type PictureRef } from './picture-ref.ts'
import { toSmallUrl } from './small-picture.ts'

const MOST_KEPT = 600

type Shrink = (picture: ShownPicture) => Promise<string | undefined>

export class PictureStore {
  /** Hashes: who shows which. */
  readonly #persons = new Keyed<string>()
  readonly #urls = new SvelteMap<string, string>()
  readonly #looks: Looks

  readonly announced: AnnouncedPictures

  constructor(
    private readonly client: Client,
    private readonly shrink: Shrink = toSmallUrl,
    now: () => number = Date.now,
  ) {
    this.#looks = new Looks(now, 4 * MOST_KEPT)
    this.announced = new AnnouncedPictures(client, now)
  }

  start(state: PicturesState): void {
    for (const picture of state.personPictures) this.#note(picture)
  }

  apply(event: AppEvent): void {
    if (event.name === 'picture.changed') event.payload.pictures.forEach((each) => this.#note(each))
    if (event.name === 'account.removed') this.#persons.deleteAccount(event.payload.accountId)
    if (event.name !== 'roster.changed') return
    for (const jid of event.payload.removed) this.#persons.delete(event.payload.accountId, jid)
  }

  #note({ accountId, jid, hash }: PersonPicture): void {
    if (hash === '') this.#persons.delete(accountId, jid)
    else this.#persons.set(accountId, jid, hash)
  }

  ofPerson(accountId: number, jid: string): PictureRef | undefined {
    const hash = this.#persons.get(accountId, jid)
    return hash === undefined ? undefined : { accountId, person: jid, hash }
  }

  urlOf(hash: string): string | undefined {
    return this.#urls.get(hash)
  }

  show(wanted: PictureRef): () => void {
    if (this.#urls.has(wanted.hash)) return () => undefined
    return this.#looks.seek(pictureKey(wanted), () => void this.#ask(wanted))
  }

  async #ask(wanted: PictureRef): Promise<void> {
    const { hash } = wanted
    if (this.#urls.has(hash)) return
    try {
      const picture = await this.#fetch(wanted)
      const url = picture && (await this.shrink(picture))
      if (url !== undefined) this.#keep(hash, url)
    } catch {
      // A face that does not come is no failure to tell of: initials stand.
    }
  }

  #fetch(wanted: PictureRef): Promise<ShownPicture | undefined> {
    const { accountId, hash } = wanted
    if ('person' in wanted) {
      return this.client.invoke('picture.fetchPerson', { accountId, hash, jid: wanted.person })
    }
    const { room, nick } = wanted
    const input = { accountId, room, hash, ...(nick === undefined ? {} : { nick }) }
    return this.client.invoke('picture.fetch', input)
  }

  #keep(hash: string, url: string): void {
    this.#urls.set(hash, url)
    const [oldest] = this.#urls.keys()
    if (this.#urls.size > MOST_KEPT && oldest !== undefined) this.#urls.delete(oldest)
  }
}

/** Which picture rooms and occupants announce that are seen in a list and of whom nothing else is known here. */
import { SvelteMap } from 'svelte/reactivity'
import type { Client } from '../bridge.ts'
import { Looks } from './looks.ts'
import { placeKey, type PicturePlace, type PictureRef } from './picture-ref.ts'

const MOST_KEPT = 1000

export class AnnouncedPictures {
  readonly #hashes = new SvelteMap<string, string>()
  readonly #looks: Looks

  constructor(
    private readonly client: Client,
    now: () => number = Date.now,
  ) {
    this.#looks = new Looks(now, MOST_KEPT, () => this.#hashes.clear())
  }

  of(place: PicturePlace): PictureRef | undefined {
    const hash = this.#hashes.get(placeKey(place))
    if (hash === undefined) return undefined
    const { accountId, room, nick } = place
    return { accountId, room, hash, ...(nick === undefined ? {} : { nick }) }
  }

  /** It is on screen from now on, until the function that is returned is called. */
  seek(place: PicturePlace): () => void {
    return this.#looks.seek(placeKey(place), () => void this.#ask(place))
  }

  async #ask(place: PicturePlace): Promise<void> {
    const key = placeKey(place)
    const { accountId, room, nick, ask = false } = place
    const input = { accountId, room, ask, ...(nick === undefined ? {} : { nick }) }
    // Where it can't be told initials stand.
    const hash = await this.client.invoke('picture.announced', input).catch(() => undefined)
    if (hash === undefined) this.#hashes.delete(key)
    else this.#hashes.set(key, hash)
  }
}

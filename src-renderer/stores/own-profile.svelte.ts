/** The own name and picture of one account while they are looked at: what the server has, and what is to be changed. */
import type { Audience, OwnProfile } from '../../src-main/model/profile.ts'
import type { Client } from '../bridge.ts'
import { Action } from './action.svelte.ts'

/** A PNG. */
export interface ChosenPicture {
  readonly base64: string
}

export class OwnProfileStore {
  readonly reading = new Action()
  readonly saving = new Action()
  name = $state('')
  audience = $state<Audience>('contacts')
  /** To be shown from now on; null: none any more; undefined: as it is. */
  picture = $state.raw<ChosenPicture | null | undefined>(undefined)
  /** Since the last change. */
  saved = $state(false)
  #known = $state.raw<OwnProfile | undefined>(undefined)

  constructor(
    private readonly client: Client,
    private readonly accountId: number,
  ) {}

  /** Undefined until the server has told. */
  get known(): OwnProfile | undefined {
    return this.#known
  }

  readonly isChanged = $derived.by(() => this.#isNameChanged() || this.#isPictureChanged())

  async read(): Promise<void> {
    await this.reading.run(async () => {
      this.#known = await this.client.invoke('profile.read', { accountId: this.accountId })
      this.discard()
    })
  }

  /** False where something of it failed; what did not is not done again. */
  async save(): Promise<boolean> {
    this.saved = false
    const done = await this.saving.run(async () => {
      await this.#savePicture()
      await this.#saveName()
    })
    this.saved = done
    return done
  }

  discard(): void {
    this.name = this.#known?.name ?? ''
    this.audience = this.#known?.audience ?? 'contacts'
    this.picture = undefined
    this.saved = false
    this.saving.error = undefined
  }

  #isNameChanged(): boolean {
    return this.#known !== undefined && this.name.trim() !== this.#known.name
  }

  #isPictureChanged(): boolean {
    return this.picture !== undefined || (this.#known !== undefined && this.audience !== this.#known.audience)
  }

  async #savePicture(): Promise<void> {
    if (!this.#isPictureChanged()) return
    const { accountId, audience, picture } = this
    if (picture === undefined) await this.client.invoke('profile.setAudience', { accountId, audience })
    else {
      const base64 = picture === null ? null : picture.base64
      await this.client.invoke('profile.setPicture', { accountId, base64, audience })
    }
    this.picture = undefined
    if (this.#known) this.#known = { ...this.#known, audience }
  }

  async #saveName(): Promise<void> {
    if (!this.#isNameChanged()) return
    const name = this.name.trim()
    await this.client.invoke('profile.setName', { accountId: this.accountId, name })
    if (this.#known) this.#known = { ...this.#known, name }
    this.name = name
  }
}

/**
 * An account while it is being made: which server, what it asks for, the answer to it, and signing in with what was made.
 * A challenge in the form (XEP-0158) is good for one answer: after one that was refused there is another.
 */
import type { Registration } from '../../src-main/model/services.ts'
import type { Client } from '../bridge.ts'
import { Action } from './action.svelte.ts'
import { ConnectionFields, type WrongField } from './connection-fields.svelte.ts'
import { FormEntry } from './form/form-entry.svelte.ts'
import type { keepingOf } from './sign-in-form.svelte.ts'

export interface CreationStart {
  /** Proposed; with an invitation it is the one that was invited to. */
  readonly server: string
  /** Of an invitation to an account. */
  readonly preauth?: string | undefined
  /** The name that the invitation is for. */
  readonly username?: string | undefined
}

export class AccountCreation {
  server = $state('')
  missing = $state(false)
  wrong = $state.raw<readonly WrongField[]>([])
  registration = $state.raw<Registration | undefined>(undefined)
  entry = $state.raw<FormEntry | undefined>(undefined)
  /** It was made, and only signing in to it is left. */
  made = $state(false)
  readonly action = new Action()
  readonly fields = new ConnectionFields()
  #trusted = $state.raw<string | undefined>(undefined)
  readonly domain = $derived(this.server.trim().toLowerCase())

  /** The new account. */
  signedIn: number | undefined = undefined

  constructor(
    private readonly client: Client,
    private readonly start: CreationStart,
  ) {
    this.server = start.server
  }

  get challenged(): boolean {
    return this.entry?.challenged === true
  }

  /** The field that the invitation has filled in. */
  get fixedField(): string | undefined {
    return this.start.username === undefined ? undefined : 'username'
  }

  async ask(): Promise<void> {
    this.missing = this.domain === ''
    this.wrong = this.fields.findWrong()
    if (this.missing || this.wrong.length > 0) return
    const { preauth } = this.start
    const given = preauth === undefined ? {} : { preauth }
    await this.action.run(async () =>
      this.#show(
        await this.client.invoke('registration.begin', { server: this.domain, ...given, ...this.#where() }),
      ),
    )
  }

  /** Another challenge; what was filled in stays. */
  async renew(): Promise<void> {
    await this.action.run(() => this.#renew())
  }

  /** True when it is signed in. `onmade` is told before that. */
  async send(keeping: ReturnType<typeof keepingOf>, onmade: () => void): Promise<boolean> {
    const { registration, entry } = this
    if (registration === undefined || entry === undefined || (!this.made && !entry.check())) return false
    const answers = entry.answers()
    const answerTo = (name: string) => answers.find((answer) => answer.name === name)?.values[0] ?? ''
    const done = await this.action.run(async () => {
      if (!this.made) await this.client.invoke('registration.submit', { kind: registration.kind, answers })
      this.made = true
      onmade()
      const [username, password] = [answerTo('username'), answerTo('password')]
      if (username !== '' && password !== '') await this.#signIn(username, password, keeping)
    })
    if (!done && !this.made && this.challenged && this.action.error?.code === 'refused-by-server') {
      // Where not even that comes, the refusal is what there is to say.
      await this.#renew().catch(() => undefined)
    }
    return done
  }

  trust(fingerprint: string): void {
    this.#trusted = fingerprint
  }

  stop(): void {
    this.fields.proxyPassword = ''
    void this.client.invoke('registration.cancel', {}).catch(() => undefined)
  }

  async #signIn(username: string, password: string, keeping: ReturnType<typeof keepingOf>): Promise<void> {
    const resource = this.fields.resource.trim()
    const { id } = await this.client.invoke('account.signIn', {
      ...{ address: `${username}@${this.domain}`, password, ...keeping },
      ...(resource === '' ? {} : { resource }),
      ...this.#where(),
    })
    this.signedIn = id
  }

  async #renew(): Promise<void> {
    this.#show(await this.client.invoke('registration.renew', {}), this.entry)
  }

  #show(registration: Registration, before?: FormEntry): void {
    const entry = registration.form && new FormEntry(registration.form)
    if (before !== undefined) entry?.takeOver(before)
    const { username } = this.start
    const name = entry?.fields.find(({ field }) => field.name === 'username')
    if (username !== undefined && name !== undefined) name.text = username
    this.registration = registration
    this.entry = entry
  }

  #where() {
    const trusted = this.#trusted === undefined ? {} : { trustedCertificate: this.#trusted }
    return { ...this.fields.connection(), ...trusted }
  }
}

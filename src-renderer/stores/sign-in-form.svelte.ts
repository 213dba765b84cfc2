/** The setup screen's form: what was typed, whether the address answers, and the sign-in that is under way. */
import type { AddressCheck, CommandInput } from '../../src-main/contract/commands.ts'
import type { UserErrorData } from '../../src-main/contract/errors.ts'
import { errorDataOf, type Client } from '../bridge.ts'
import { domainPart } from './address.ts'
import { ConnectionFields, type WrongField } from './connection-fields.svelte.ts'

export const CHECK_DELAY_MS = 500

export type AddressState =
  | { readonly kind: 'unchecked' }
  | { readonly kind: 'checking'; readonly domain: string }
  | { readonly kind: 'checked'; readonly domain: string; readonly answer: AddressCheck }

export type Missing = 'address' | 'password' | WrongField

/** A keyring that does not protect is used only when the user insists; without it the password lives for this run. */
export function keepingOf(remember: boolean, insist: boolean, keyringProtected: boolean) {
  const insists = remember && insist && !keyringProtected
  return { remember: remember && (keyringProtected || insists), insist: insists }
}

export class SignInForm extends ConnectionFields {
  address = $state('')
  password = $state('')
  remember = $state(true)
  insist = $state(false)
  /** By its fingerprint, which the user has compared. */
  trustedCertificate = $state<string | undefined>(undefined)

  addressState = $state.raw<AddressState>({ kind: 'unchecked' })
  /** What the last try to submit lacked; the field says so until it is changed. */
  missing = $state.raw<readonly Missing[]>([])
  signingIn = $state(false)
  error = $state.raw<UserErrorData | undefined>(undefined)

  #timer: ReturnType<typeof setTimeout> | undefined
  /** Counts checks, so that an answer to an older address is known as such. */
  #checks = 0

  constructor(
    private readonly client: Client,
    private readonly keyringProtected: () => boolean,
  ) {
    super()
  }

  /** As it is used: without white space around it and without the scheme that comes with a copied link. */
  get cleanAddress(): string {
    return this.address.trim().replace(/^xmpp:/i, '')
  }

  get domain(): string {
    return domainPart(this.cleanAddress)
  }

  /** Call when the address, or where to connect, was changed: checks it once typing rests. */
  changed(field: Missing | undefined): void {
    this.missing = this.missing.filter((one) => one !== field)
    if (field === 'password') return
    clearTimeout(this.#timer)
    this.#checks += 1
    this.addressState = { kind: 'unchecked' }
    if (this.cleanAddress !== '') this.#timer = setTimeout(() => void this.#check(), CHECK_DELAY_MS)
  }

  /** Resolves when signed in, failed or cancelled; failures are in `error` and `missing`. True when signed in. */
  async submit(): Promise<boolean> {
    this.missing = this.#findMissing()
    this.error = undefined
    if (this.missing.length > 0) return false
    this.signingIn = true
    try {
      await this.client.invoke('account.signIn', this.#input())
      this.password = ''
      return true
    } catch (error) {
      this.error = errorDataOf(error)
      return false
    } finally {
      this.signingIn = false
    }
  }

  async cancel(): Promise<void> {
    await this.client.invoke('account.cancelSignIn', {})
  }

  /** Ends what is planned; call when the screen goes. */
  stop(): void {
    clearTimeout(this.#timer)
    this.#checks += 1
    this.password = ''
    this.proxyPassword = ''
  }

  async #check(): Promise<void> {
    const { domain } = this
    const mine = ++this.#checks
    this.addressState = { kind: 'checking', domain }
    const input = { address: this.cleanAddress, ...this.#where() }
    const answer = await this.client.invoke('account.check', input).catch(() => undefined)
    if (mine !== this.#checks) return
    this.addressState = answer === undefined ? { kind: 'unchecked' } : { kind: 'checked', domain, answer }
  }

  #findMissing(): Missing[] {
    const missing: Missing[] = []
    if (this.cleanAddress === '' || this.#isKnownInvalid()) missing.push('address')
    if (this.password === '') missing.push('password')
    missing.push(...this.findWrong())
    return missing
  }

  #isKnownInvalid(): boolean {
    return this.addressState.kind === 'checked' && this.addressState.answer.jid === undefined
  }

  #where() {
    const { trustedCertificate } = this
    return { ...this.connection(), ...(trustedCertificate !== undefined && { trustedCertificate }) }
  }

  #input(): CommandInput<'account.signIn'> {
    const resource = this.resource.trim()
    return {
      address: this.cleanAddress,
      password: this.password,
      ...keepingOf(this.remember, this.insist, this.keyringProtected()),
      ...(resource !== '' && { resource }),
      ...this.#where(),
    }
  }
}

/** One place of the services browser: asked what it is, what it lists, and, where it offers them, commands and registration. */
import type { UserErrorData } from '../../src-main/contract/errors.ts'
import type { CommandItem, DiscoInfo, Registration, ServiceItems } from '../../src-main/model/services.ts'
import { errorDataOf, type Client } from '../bridge.ts'

export interface Place {
  readonly accountId: number
  readonly jid: string
  readonly node?: string | undefined
}

const NS_COMMANDS = 'http://jabber.org/protocol/commands'
const NS_REGISTER = 'jabber:iq:register'

export class Visit {
  info = $state.raw<DiscoInfo | undefined>(undefined)
  items = $state.raw<ServiceItems | undefined>(undefined)
  commands = $state.raw<readonly CommandItem[] | undefined>(undefined)
  registration = $state.raw<Registration | undefined>(undefined)
  /** Why the place could not say what it is; why it could not list. */
  error = $state.raw<UserErrorData | undefined>(undefined)
  itemsError = $state.raw<UserErrorData | undefined>(undefined)
  stopped = $state(false)
  #running = $state(0)
  #asked = false
  /** Answers to an earlier round are not for this one. */
  #round = 0

  constructor(
    private readonly client: Client,
    readonly place: Place,
  ) {}

  get busy(): boolean {
    return this.#running > 0
  }

  get isGateway(): boolean {
    return this.info?.identities.some(({ category }) => category === 'gateway') ?? false
  }

  offers(feature: string): boolean {
    return this.info?.features.includes(feature) ?? false
  }

  /** Asks once; after that only `reload` does. */
  load(): void {
    if (!this.#asked) this.reload()
  }

  reload(): void {
    this.#begin()
    this.info = this.items = this.commands = this.registration = undefined
    this.error = this.itemsError = undefined
    const place = { ...this.place }
    this.#ask(this.client.invoke('service.fetchItems', place), {
      got: (items) => (this.items = items),
      failed: (error) => (this.itemsError = error),
    })
    this.#ask(this.client.invoke('service.fetchInfo', place), {
      got: (info) => {
        this.info = info
        this.#askMore()
      },
      failed: (error) => (this.error = error),
    })
  }

  /** Whoever changed a registration asks again how it stands. */
  reloadRegistration(): void {
    const { accountId, jid } = this.place
    this.#ask(this.client.invoke('service.fetchRegistration', { accountId, jid }), {
      got: (registration) => (this.registration = registration),
      failed: () => (this.registration = undefined),
    })
  }

  /** What still comes is not waited for and not shown. */
  stop(): void {
    this.#begin()
    this.stopped = true
  }

  #begin(): void {
    this.#asked = true
    this.#round += 1
    this.#running = 0
    this.stopped = false
  }

  #askMore(): void {
    const { accountId, jid, node } = this.place
    if (node !== undefined) return
    if (this.offers(NS_REGISTER)) this.reloadRegistration()
    if (!this.offers(NS_COMMANDS)) return
    this.#ask(this.client.invoke('command.list', { accountId, jid }), {
      got: (commands) => (this.commands = commands),
      failed: () => (this.commands = []),
    })
  }

  #ask<T>(answer: Promise<T>, then: { got(value: T): void; failed(error: UserErrorData): void }): void {
    const round = this.#round
    const settle = (body: () => void): void => {
      if (this.#round !== round) return
      this.#running -= 1
      body()
    }
    this.#running += 1
    answer.then(
      (value) => settle(() => then.got(value)),
      (error: unknown) => settle(() => then.failed(errorDataOf(error))),
    )
  }
}

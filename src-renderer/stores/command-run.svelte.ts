/** One run of a command (XEP-0050): the step it stands at, what is filled in, and its end, also by closing its dialog. */
import type { UserErrorData } from '../../src-main/contract/errors.ts'
import type { CommandAction, CommandItem, CommandStep } from '../../src-main/model/services.ts'
import { errorDataOf, type Client } from '../bridge.ts'
import { FormEntry } from './form/form-entry.svelte.ts'

/** After these the other side has forgotten the session, or never knew it (§4.4). */
const LOST = ['item-not-found', 'not-allowed', 'bad-request']

export interface CommandTarget {
  readonly accountId: number
  readonly command: CommandItem
  readonly language: 'en' | 'zh-CN'
}

export class CommandRun {
  step = $state.raw<CommandStep | undefined>(undefined)
  entry = $state.raw<FormEntry | undefined>(undefined)
  busy = $state(false)
  error = $state.raw<UserErrorData | undefined>(undefined)
  #closed = false

  constructor(
    private readonly client: Client,
    private readonly target: CommandTarget,
  ) {}

  get executing(): boolean {
    return this.step?.status === 'executing'
  }

  /** The error means that only a new start helps. */
  get lost(): boolean {
    return this.step !== undefined && LOST.includes(this.error?.condition ?? '')
  }

  start(): Promise<void> {
    this.step = this.entry = undefined
    return this.#run('execute', false)
  }

  /** Takes a step with what was filled in; going back needs none of it. Nothing happens while a field is wrong. */
  async move(action: Exclude<CommandAction, 'cancel'>): Promise<void> {
    if (this.busy || (action !== 'prev' && this.entry?.check() === false)) return
    await this.#run(action, action !== 'prev')
  }

  /** Ends it: what is not finished is cancelled, also when its first answer is still to come. */
  close(): void {
    this.#closed = true
    if (this.executing && !this.busy) this.#cancel(this.step?.sessionId)
  }

  async #run(action: CommandAction, withAnswers: boolean): Promise<void> {
    this.busy = true
    this.error = undefined
    const sessionId = this.step?.sessionId
    const answers = withAnswers && this.entry?.form.type === 'form' ? this.entry.answers() : undefined
    try {
      const step = await this.client.invoke('command.run', {
        ...this.#where(),
        action,
        ...(sessionId === undefined ? {} : { sessionId }),
        ...(answers === undefined ? {} : { answers }),
      })
      if (!this.#closed) this.#show(step)
      else if (step.status === 'executing') this.#cancel(step.sessionId ?? sessionId)
    } catch (error) {
      this.error = errorDataOf(error)
      if (this.#closed) this.#cancel(sessionId)
    } finally {
      this.busy = false
    }
  }

  #show(step: CommandStep): void {
    // §3.4: a service may name the session only once.
    const sessionId = step.sessionId ?? this.step?.sessionId
    this.step = sessionId === undefined ? step : { ...step, sessionId }
    this.entry = step.form && new FormEntry(step.form)
  }

  /** Nobody waits for the answer. */
  #cancel(sessionId: string | undefined): void {
    if (sessionId === undefined) return
    this.client
      .invoke('command.run', { ...this.#where(), action: 'cancel', sessionId })
      .catch(() => undefined)
  }

  #where() {
    const { accountId, command, language } = this.target
    return { accountId, jid: command.jid, node: command.node, language }
  }
}

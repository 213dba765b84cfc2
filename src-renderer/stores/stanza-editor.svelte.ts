/** The stanza that is being written in the XML console: its text, what is wrong with it, what must be asked first. */
import type { UserErrorData } from '../../src-main/contract/errors.ts'
import type { SentStanza, StanzaCheck, StanzaProblem, StanzaRisk } from '../../src-main/model/console.ts'
import { errorDataOf } from '../bridge.ts'

/** Not at each key. */
const CHECK_AFTER_MS = 200

export interface StanzaEditorTools {
  check(xml: string): Promise<StanzaCheck>
  send(xml: string, confirmed: readonly StanzaRisk[]): Promise<SentStanza>
  /** It went out with this id. */
  sent(id: string): void
}

export class StanzaEditor {
  text = $state('')
  problem = $state.raw<StanzaProblem | undefined>(undefined)
  /** The risks that the user is being asked about. */
  asking = $state.raw<readonly StanzaRisk[]>([])
  error = $state.raw<UserErrorData | undefined>(undefined)
  busy = $state(false)
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #tools: StanzaEditorTools

  constructor(tools: StanzaEditorTools) {
    this.#tools = tools
  }

  write(text: string): void {
    this.text = text
    this.error = undefined
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#check(text), CHECK_AFTER_MS)
  }

  /** Without `confirmed` nothing is sent that can't be taken back. */
  async send(confirmed: readonly StanzaRisk[] = []): Promise<void> {
    if (this.busy) return
    this.asking = []
    this.error = undefined
    this.busy = true
    try {
      const { problem, risks, sentId } = await this.#tools.send(this.text, confirmed)
      this.problem = problem
      if (sentId !== undefined) this.#tools.sent(sentId)
      else if (problem === undefined) this.asking = risks
    } catch (error) {
      this.error = errorDataOf(error)
    } finally {
      this.busy = false
    }
  }

  dismiss(): void {
    this.asking = []
  }

  /** A check that failed says nothing of the stanza; sending will. */
  async #check(text: string): Promise<void> {
    const checked = await this.#tools.check(text).catch(() => undefined)
    if (this.text !== text || checked === undefined) return
    this.problem = text.trim() === '' ? undefined : checked.problem
  }
}

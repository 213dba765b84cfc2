/**
 * The renderer's side of the process boundary, and the only user of `window.bridge`: commands whose failures are thrown, and
 * events from the point where the snapshot ends, without gap or repetition.
 */
import type { Bridge } from '../src-main/contract/bridge.ts'
import type { CommandInput, CommandName, CommandOutput } from '../src-main/contract/commands.ts'
import type { UserErrorData } from '../src-main/contract/errors.ts'
import type { AppEvent, EventBatch } from '../src-main/contract/events.ts'
import type { Snapshot } from '../src-main/contract/snapshot.ts'

declare global {
  interface Window {
    readonly bridge: Bridge
  }
}

/** What a command failed with. */
export class BridgeError extends Error {
  override readonly name = 'BridgeError'
  constructor(readonly data: UserErrorData) {
    super(data.detail === undefined ? data.code : `${data.code}: ${data.detail}`)
  }
}

export interface Client {
  /** Throws BridgeError. */
  invoke<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandOutput<N>>
  /**
   * Subscribes first, then asks for the snapshot: events that arrive meanwhile wait, those that the snapshot already
   * contains are dropped. Returns its own unsubscribe; throws BridgeError, and is then not subscribed.
   */
  connectEvents(listener: EventListener): Promise<() => void>
}

export interface EventListener {
  /** Called once, before any event. */
  start(snapshot: Snapshot): void
  /** In order; all events of one batch before anything is drawn. */
  apply(events: EventBatch): void
}

export function createClient(bridge: Bridge): Client {
  async function invoke<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandOutput<N>> {
    const reply = await bridge.invoke(name, input)
    if (!reply.ok) throw new BridgeError(reply.error)
    return reply.value
  }
  return { invoke, connectEvents: (listener) => connectEvents(bridge, invoke, listener) }
}

async function connectEvents(
  bridge: Bridge,
  invoke: Client['invoke'],
  listener: EventListener,
): Promise<() => void> {
  let waiting: AppEvent[] | undefined = []
  let seen = 0
  const applyNew = (batch: EventBatch): void => {
    const fresh = batch.filter((event) => event.seq > seen)
    if (fresh.length === 0) return
    seen = fresh.at(-1)?.seq ?? seen
    listener.apply(fresh)
  }
  const unsubscribe = bridge.subscribe((batch) => {
    if (waiting === undefined) applyNew(batch)
    else waiting.push(...batch)
  })
  try {
    const snapshot = await invoke('app.snapshot', {})
    seen = snapshot.seq
    listener.start(snapshot)
  } catch (error) {
    unsubscribe()
    throw error
  }
  const early = waiting
  waiting = undefined
  applyNew(early)
  return unsubscribe
}

/** The real one, which preload exposes. */
export function windowClient(): Client {
  return createClient(window.bridge)
}

/** For showing: whatever was thrown, as the data that there are words for. */
export function errorDataOf(error: unknown): UserErrorData {
  return error instanceof BridgeError ? error.data : { code: 'internal', detail: String(error) }
}

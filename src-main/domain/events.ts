/** The domain's announcements: typed, in order for every listener, and safe from a listener that throws. */
import type { AppEventName, AppEvents } from '../model/events.ts'
import type { Events, Log } from './app.types.ts'

type AnyListener = Parameters<Events['onAny']>[0]

/**
 * An event that a listener emits is delivered after the one it reacts to has reached everybody, so that all listeners
 * see the same order.
 */
export function createEvents(log: Log): Events {
  const listeners = new Map<AppEventName, Set<(payload: never) => void>>()
  const anyListeners = new Set<AnyListener>()
  const queue: (() => void)[] = []
  let delivering = false

  function call(name: AppEventName, listener: () => void): void {
    try {
      listener()
    } catch (error) {
      log('domain/events', 'error', 'a listener threw', { event: name, error })
    }
  }

  function deliver<N extends AppEventName>(name: N, payload: AppEvents[N]): void {
    for (const listener of [...(listeners.get(name) ?? [])] as ((payload: AppEvents[N]) => void)[]) {
      call(name, () => listener(payload))
    }
    for (const listener of [...anyListeners]) call(name, () => listener(name, payload))
  }

  function drain(): void {
    delivering = true
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) next()
    delivering = false
  }

  return {
    on(name, listener) {
      const set = listeners.get(name) ?? new Set()
      listeners.set(name, set.add(listener))
      return () => void set.delete(listener)
    },
    onAny(listener) {
      anyListeners.add(listener)
      return () => void anyListeners.delete(listener)
    },
    emit(name, payload) {
      queue.push(() => deliver(name, payload))
      if (!delivering) drain()
    },
  }
}

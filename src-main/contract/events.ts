/** What is pushed to windows: batches of the domain's events, numbered so that none is missed or applied twice. */
import type { AppEventName, AppEvents } from '../model/events.ts'

export type AppEvent = {
  [N in AppEventName]: { readonly seq: number; readonly name: N; readonly payload: AppEvents[N] }
}[AppEventName]

export type EventBatch = readonly AppEvent[]

/** Keeps messages in their conversation's order, `(place, id)`, each once. */
import type { Message, MessageKey } from '../../src-main/model/message.ts'

export function compareKeys(a: MessageKey, b: MessageKey): number {
  return a.place - b.place || a.id - b.id
}

export function keyOf({ place, id }: Message): MessageKey {
  return { place, id }
}

/** Puts a message in its place; one with the same id is replaced, and moves if its place changed. */
export function insertMessage(messages: readonly Message[], message: Message): readonly Message[] {
  const rest = messages.filter(({ id }) => id !== message.id)
  let low = 0
  let high = rest.length
  while (low < high) {
    const middle = (low + high) >> 1
    const candidate = rest[middle]
    if (candidate !== undefined && compareKeys(candidate, message) < 0) low = middle + 1
    else high = middle
  }
  rest.splice(low, 0, message)
  return rest
}

/** Both together in order; where both have a message, the page's is the newer knowledge. */
export function mergeMessages(known: readonly Message[], page: readonly Message[]): readonly Message[] {
  const byId = new Map<number, Message>()
  for (const message of known) byId.set(message.id, message)
  for (const message of page) byId.set(message.id, message)
  return [...byId.values()].sort(compareKeys)
}

/** Those that lie among these messages, or beyond an end that is an end of the history. */
export function withinWindow(
  window: readonly Message[],
  messages: readonly Message[],
  open: { readonly hasOlder: boolean; readonly hasNewer: boolean },
): readonly Message[] {
  const [oldest, newest] = [window[0], window.at(-1)]
  if (oldest === undefined || newest === undefined) return messages
  return messages.filter(
    (message) =>
      (!open.hasOlder || compareKeys(message, oldest) >= 0) &&
      (!open.hasNewer || compareKeys(message, newest) <= 0),
  )
}

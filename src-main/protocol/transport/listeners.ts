/** A list of listeners; one that throws is reported and does not stop the others. */
export interface Listeners<A extends readonly unknown[]> {
  readonly size: number
  add(listener: (...args: A) => void): void
  call(...args: A): void
}

export function createListeners<A extends readonly unknown[]>(
  onError: (error: unknown) => void,
): Listeners<A> {
  const listeners: ((...args: A) => void)[] = []
  return {
    get size() {
      return listeners.length
    },
    add(listener) {
      listeners.push(listener)
    },
    call(...args) {
      for (const listener of listeners) {
        try {
          listener(...args)
        } catch (error) {
          onError(error)
        }
      }
    },
  }
}

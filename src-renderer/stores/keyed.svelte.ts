/**
 * Values by account and address, reactive as a whole: whoever reads depends on all of it. A burst of changes (5,000
 * presences after signing in) costs one signal per batch and no copies.
 */

export class Keyed<V> {
  readonly #values = new Map<string, V>()
  #version = $state(0)

  get(accountId: number, jid: string): V | undefined {
    void this.#version
    return this.#values.get(keyOf(accountId, jid))
  }

  /** Unordered. */
  all(): V[] {
    void this.#version
    return [...this.#values.values()]
  }

  get size(): number {
    void this.#version
    return this.#values.size
  }

  set(accountId: number, jid: string, value: V): void {
    this.#values.set(keyOf(accountId, jid), value)
    this.#version += 1
  }

  delete(accountId: number, jid: string): void {
    if (this.#values.delete(keyOf(accountId, jid))) this.#version += 1
  }

  /** Drops every value of one account. */
  deleteAccount(accountId: number): void {
    const prefix = keyOf(accountId, '')
    for (const key of this.#values.keys()) if (key.startsWith(prefix)) this.#values.delete(key)
    this.#version += 1
  }
}

/** A space cannot be in an account's number. */
function keyOf(accountId: number, jid: string): string {
  return `${accountId} ${jid}`
}

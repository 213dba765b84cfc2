/** What is asked for because it is seen: once it has stood on screen for a moment, and then not again for a while. */

/** A list that is scrolled past asks for nothing. */
const LOOK_MS = 200
/** What was answered, or was not, may be another thing later, but not at every look. */
const AGAIN_MS = 60_000

export class Looks {
  /** Epoch milliseconds. */
  readonly #asked = new Map<string, number>()

  /** Of `most` that were asked for all are forgotten, and `full` is told. */
  constructor(
    private readonly now: () => number,
    private readonly most: number,
    private readonly full: () => void = () => undefined,
  ) {}

  /** It is on screen from now on, until the function that is returned is called. */
  seek(key: string, ask: () => void): () => void {
    const timer = setTimeout(() => {
      if (this.#isDue(key)) ask()
    }, LOOK_MS)
    return () => clearTimeout(timer)
  }

  #isDue(key: string): boolean {
    if (this.now() - (this.#asked.get(key) ?? -AGAIN_MS) < AGAIN_MS) return false
    if (this.#asked.size >= this.most) {
      this.#asked.clear()
      this.full()
    }
    this.#asked.set(key, this.now())
    return true
  }
}

/** News that comes close together is dealt with together: a burst is one notification, many conversations are one too. */

export interface Gathering<T> {
  /** What comes under a key takes the place of what waits there. */
  take(key: number, news: T): void
}

/** `deal` gets all that waits once nothing more has come for `quietMs`, and no later than `mostMs` after the first. */
export function createGathering<T>(
  { quietMs, mostMs }: { readonly quietMs: number; readonly mostMs: number },
  deal: (news: readonly T[]) => void,
): Gathering<T> {
  const waiting = new Map<number, T>()
  let timer: NodeJS.Timeout | undefined
  let since = 0

  const end = (): void => {
    const news = [...waiting.values()]
    waiting.clear()
    deal(news)
  }
  return {
    take(key, news) {
      if (waiting.size === 0) since = performance.now()
      // In the order in which the latest of each came.
      waiting.delete(key)
      waiting.set(key, news)
      clearTimeout(timer)
      timer = setTimeout(end, Math.max(0, Math.min(quietMs, since + mostMs - performance.now())))
    },
  }
}

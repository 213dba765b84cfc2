/**
 * How a long conversation scrolls: from its end to its beginning, as fast as asked, with the time between frames, what of it the
 * main thread took, and what is kept. For a page of the running application with the conversation on screen.
 */
import type { Page } from 'playwright-core'

export interface ScrollFigures {
  /** Pixels that went by, and seconds that took. */
  readonly pixels: number
  readonly seconds: number
  readonly frames: number
  /** Milliseconds from frame to frame. */
  readonly frameMedian: number
  readonly frameP99: number
  readonly frameLongest: number
  readonly framesOver50: number
  /** Tasks of the main thread over 50 ms. */
  readonly longTasks: number
  /** At most, during it. */
  readonly rowsDrawn: number
  readonly heapMegabytes: number
}

export interface ScrollWish {
  /** How far a frame goes; a page and more is faster than anybody turns a wheel. */
  readonly pixelsPerFrame?: number
  /** Ends there, wherever it is. */
  readonly mostSeconds?: number
}

/** Scrolls the log up until nothing comes any more. */
export function measureScroll(
  page: Page,
  { pixelsPerFrame = 800, mostSeconds = 600 }: ScrollWish = {},
): Promise<ScrollFigures> {
  return page.evaluate(scrollInPage, { step: pixelsPerFrame, most: mostSeconds * 1000 })
}

/** Runs in the page. */
async function scrollInPage({ step, most }: { step: number; most: number }): Promise<ScrollFigures> {
  const view = document.querySelector<HTMLElement>('[role=log]')
  if (view === null) throw new Error('no conversation on screen')
  const times: number[] = []
  let [pixels, longTasks, rowsDrawn, heap, still, height] = [0, 0, 0, 0, 0, 0]
  const tasks = new PerformanceObserver((list) => (longTasks += list.getEntries().length))
  tasks.observe({ type: 'longtask' })
  const started = performance.now()
  let last = started
  // At the very top pages may still be on their way: so many frames in which nothing comes are the end.
  while (still < 120 && performance.now() - started < most) {
    const { scrollTop: before, scrollHeight } = view
    // A wheel that turns on there would hold the view where the next page comes in.
    if (before > 0) view.scrollBy(0, -step)
    pixels += before - view.scrollTop
    still = before === 0 && scrollHeight === height ? still + 1 : 0
    height = scrollHeight
    await new Promise((resolve) => requestAnimationFrame(resolve))
    const now = performance.now()
    times.push(now - last)
    last = now
    if (times.length % 30 !== 0) continue
    rowsDrawn = Math.max(rowsDrawn, view.querySelectorAll('[data-message]').length)
    const { memory } = performance as Performance & { memory?: { usedJSHeapSize: number } }
    heap = Math.max(heap, memory?.usedJSHeapSize ?? 0)
  }
  tasks.disconnect()
  times.sort((a, b) => a - b)
  return {
    ...{ pixels, longTasks, rowsDrawn, frames: times.length, seconds: (performance.now() - started) / 1000 },
    frameMedian: times[times.length >> 1] ?? NaN,
    frameP99: times[Math.floor(times.length * 0.99)] ?? NaN,
    frameLongest: times.at(-1) ?? NaN,
    framesOver50: times.filter((time) => time > 50).length,
    heapMegabytes: heap / 1e6,
  }
}

/**
 * Asking for pictures, a few at a time: a list of ten thousand that is scrolled through must flood nobody. What is wanted last
 * goes first, for it is what is seen; what waits too long is dropped, and asked for anew when it is seen again.
 */
import type { ShownPicture } from '../../model/picture.ts'
import type { Link } from '../link.ts'

const AT_ONCE = 2
const MOST_WAITING = 40
/** Whose picture was not there is not asked again on this stream. */
const MOST_MISSED = 5000

type Ask = () => Promise<ShownPicture | undefined>

export interface PictureRequests {
  /** `key`: whose and which. The same is asked for once. Never rejects. */
  fetch(link: Link, key: string, ask: Ask): Promise<ShownPicture | undefined>
}

interface Wanted {
  readonly key: string
  readonly ask: Ask
  readonly settle: (picture: ShownPicture | undefined) => void
}

interface Lane {
  readonly running: Map<string, Promise<ShownPicture | undefined>>
  /** The latest last. */
  readonly waiting: Wanted[]
  readonly missed: Set<string>
  busy: number
}

export function createPictureRequests(): PictureRequests {
  const lanes = new WeakMap<Link, Lane>()

  function laneOf(link: Link): Lane {
    const lane = lanes.get(link) ?? { running: new Map(), waiting: [], missed: new Set(), busy: 0 }
    lanes.set(link, lane)
    return lane
  }

  function next(lane: Lane): void {
    if (lane.busy >= AT_ONCE) return
    const wanted = lane.waiting.pop()
    if (wanted === undefined) return
    lane.busy += 1
    void answer(lane, wanted).finally(() => {
      lane.busy -= 1
      next(lane)
    })
  }

  async function answer(lane: Lane, { key, ask, settle }: Wanted): Promise<void> {
    const picture = await ask().catch(() => undefined)
    if (picture === undefined && lane.missed.size < MOST_MISSED) lane.missed.add(key)
    settle(picture)
  }

  return {
    fetch(link, key, ask) {
      const lane = laneOf(link)
      const known = lane.running.get(key)
      if (known !== undefined) return known
      if (lane.missed.has(key)) return Promise.resolve(undefined)
      const picture = new Promise<ShownPicture | undefined>((settle) => {
        lane.waiting.push({ key, ask, settle })
      })
      lane.running.set(key, picture)
      void picture.then(() => lane.running.delete(key))
      if (lane.waiting.length > MOST_WAITING) lane.waiting.shift()?.settle(undefined)
      next(lane)
      return picture
    },
  }
}

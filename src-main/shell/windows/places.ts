/** Where a window was, and where it may be now: screens come and go between two starts. */
import * as v from 'valibot'

const pixels = v.pipe(v.number(), v.integer(), v.minValue(-100_000), v.maxValue(100_000))

export const placeShape = v.strictObject({
  x: v.exactOptional(pixels),
  y: v.exactOptional(pixels),
  width: pixels,
  height: pixels,
  maximized: v.boolean(),
})

/** In device-independent pixels. Without x and y the system chooses. */
export type Place = v.InferOutput<typeof placeShape>

export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

/** So much of a window must have been on a screen that its title bar can be grasped. */
const GRASP: Size = { width: 120, height: 40 }

/**
 * The nearest place to `place` that is wholly on one of `screens` (their work areas, the primary first). A place that is
 * on none of them keeps its size alone.
 */
export function fitPlace(place: Place, screens: readonly Area[], minimum: Size): Place {
  const { x, y, maximized } = place
  const screen = x === undefined || y === undefined ? undefined : findScreen({ ...place, x, y }, screens)
  const room = screen ?? screens[0]
  if (room === undefined) return { width: place.width, height: place.height, maximized }
  const width = clamp(place.width, minimum.width, room.width)
  const height = clamp(place.height, minimum.height, room.height)
  if (screen === undefined || x === undefined || y === undefined) return { width, height, maximized }
  return {
    x: clamp(x, room.x, room.x + room.width - width),
    y: clamp(y, room.y, room.y + room.height - height),
    width,
    height,
    maximized,
  }
}

function findScreen(window: Area, screens: readonly Area[]): Area | undefined {
  const visible = screens
    .map((screen) => ({
      screen,
      width: overlap('x', 'width', window, screen),
      height: overlap('y', 'height', window, screen),
    }))
    .filter(({ width, height }) => width >= GRASP.width && height >= GRASP.height)
  return visible.sort((a, b) => b.width * b.height - a.width * a.height)[0]?.screen
}

function overlap(start: 'x' | 'y', length: 'width' | 'height', a: Area, b: Area): number {
  return Math.min(a[start] + a[length], b[start] + b[length]) - Math.max(a[start], b[start])
}

/** `least` wins where the two contradict: a screen smaller than the least window. */
function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most))
}

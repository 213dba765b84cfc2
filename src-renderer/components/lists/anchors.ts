/**
 * What the eye is on, so that it stays there while rows come, go, move and change their heights: the rows that are in sight,
 * from the top, each with where it stands.
 */

export type RowKey = string | number

export interface Anchor {
  readonly key: RowKey
  /** Of what is held, the row itself or a part of a row that is higher than the view; from the top of the view. */
  readonly top: number
  /** The part, where it is one. */
  readonly part?: Element | undefined
  /** The rows around it when it was taken. */
  readonly before: RowKey | undefined
  readonly after: RowKey | undefined
}

/**
 * The first that can still be held. One that is gone can't, and one that moved must not take the eye along: it is still where
 * it was when it stands between the same rows, however many came between.
 */
export function anchorToHold(
  anchors: readonly Anchor[],
  indexOf: (key: RowKey) => number | undefined,
): Anchor | undefined {
  const there = anchors.filter(({ key }) => indexOf(key) !== undefined)
  return there.find((anchor) => isBetween(anchor, indexOf)) ?? there[0]
}

function isBetween({ key, before, after }: Anchor, indexOf: (key: RowKey) => number | undefined): boolean {
  const own = indexOf(key) ?? -1
  const lower = before === undefined ? undefined : indexOf(before)
  const upper = after === undefined ? undefined : indexOf(after)
  return (lower === undefined || lower < own) && (upper === undefined || own < upper)
}

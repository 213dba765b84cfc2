/** An order with one of it somewhere else. Pure. */

/** `place` is where it stands afterwards; beyond the ends it stands at them. */
export function movedTo(ids: readonly number[], id: number, place: number): readonly number[] {
  const others = ids.filter((one) => one !== id)
  const at = Math.max(0, Math.min(place, others.length))
  return [...others.slice(0, at), id, ...others.slice(at)]
}

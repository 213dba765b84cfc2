/** Where a menu goes: below what it hangs on, above when there is no room, and always whole inside the window. */

export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

/** Between menu and anchor, and between menu and window, in CSS pixels. */
const GAP = 4
const MARGIN = 8

/** `side`: which edge of the anchor the menu's own edge lies on. All in CSS pixels of the window. */
export function placeMenu(
  menu: Size,
  anchor: Box,
  view: Size,
  side: 'left' | 'right',
): { left: number; top: number } {
  const below = anchor.bottom + GAP
  const above = anchor.top - GAP - menu.height
  const fitsBelow = below + menu.height + MARGIN <= view.height
  const wantedTop = fitsBelow || above < MARGIN ? below : above
  const wantedLeft = side === 'left' ? anchor.left : anchor.right - menu.width
  return {
    left: clamp(wantedLeft, MARGIN, view.width - menu.width - MARGIN),
    top: clamp(wantedTop, MARGIN, view.height - menu.height - MARGIN),
  }
}

/** When both bounds cannot hold, the lower one does: the start of a menu is what must be seen. */
function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high))
}

/** What a menu holds and where it opens. */
import type { Component, Snippet } from 'svelte'

export interface MenuItem {
  readonly label: string
  readonly icon?: Component<Record<string, unknown>> | undefined
  /** In place of an icon: a presence dot, a colour. */
  readonly leading?: Snippet | undefined
  /** A choice among several: drawn with a tick when true. Absent: a plain action. */
  readonly checked?: boolean | undefined
  /** With \`checked\`: a choice of its own, on or off, rather than one among several. */
  readonly toggle?: boolean | undefined
  readonly danger?: boolean | undefined
  readonly disabled?: boolean | undefined
  /** Shown only, such as "Ctrl K". */
  readonly shortcut?: string | undefined
  readonly onselect: () => void
}

export type MenuEntry = MenuItem | 'separator'

/** A control the menu hangs on, or a point of the window (for the pointer), in CSS pixels. */
export type MenuAnchor = HTMLElement | { readonly x: number; readonly y: number }

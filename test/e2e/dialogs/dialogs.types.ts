/** How a dialog is opened by keys alone. */
import type { Hand } from './hand.ts'
import type { Stage } from './stage.ts'

export interface DialogStep {
  /** The component that has it, below src-renderer. */
  readonly of: string
  readonly title: string | RegExp
  /** What must be there first, not by this hand: somebody writes, a file is chosen. */
  readonly given?: (stage: Stage) => Promise<void> | void
  /** From the composer of Juliet's chat to where the focus shall be again afterwards; nothing: it is there. */
  readonly go?: (hand: Hand) => Promise<void>
  /** From there to the open dialog. */
  readonly open: (hand: Hand) => Promise<void>
}

/** A screen of the main window that is no dialog, or what opens over one. */
export interface ScreenStep {
  readonly name: string
  readonly given?: (stage: Stage) => Promise<void> | void
  readonly go?: (hand: Hand) => Promise<void>
  readonly open: (hand: Hand) => Promise<void>
  /** Where Escape alone would leave something behind. */
  readonly close?: (hand: Hand) => Promise<void>
}

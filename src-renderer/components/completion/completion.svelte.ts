/** What a list above the caret offers while a message is written: what fits, which of it is chosen, and the keys that move in it. */
import { caretOffset } from './caret-offset.ts'

export class Completion<Place extends { readonly start: number }, Item> {
  /** What was typed, and where it begins; undefined while nothing is offered. */
  at = $state.raw<Place>()
  found = $state.raw<readonly Item[]>([])
  chosen = $state(0)
  /** Of the place in its field, in pixels. */
  offset = $state(0)

  get shown(): boolean {
    return this.at !== undefined && this.found.length > 0
  }

  offer(field: HTMLTextAreaElement | undefined, at: Place, found: readonly Item[]): void {
    if (found.length === 0) return this.close()
    this.at = at
    this.found = found
    this.chosen = 0
    if (field) this.offset = caretOffset(field, at.start)
  }

  close(): void {
    this.at = undefined
    this.found = []
  }

  /** A key while the list is there: true when it was for it. */
  answer(key: string, accept: (item: Item) => void): boolean {
    const { found, chosen } = this
    const item = found[chosen]
    if (key === 'ArrowDown') this.chosen = (chosen + 1) % found.length
    else if (key === 'ArrowUp') this.chosen = (chosen + found.length - 1) % found.length
    else if (key === 'Escape') this.close()
    else if ((key === 'Enter' || key === 'Tab') && item !== undefined) accept(item)
    else {
      if (/^(Arrow|Home|End|Page)/.test(key)) this.close()
      return false
    }
    return true
  }
}

/** Where the caret stands in what is written; undefined while a part is selected. */
export function caretOf(field: HTMLTextAreaElement | undefined): number | undefined {
  return field?.selectionStart === field?.selectionEnd ? field?.selectionStart : undefined
}

/** Keys with others held down, and those of an input method, are never for a list. */
export function isPlain(event: KeyboardEvent): boolean {
  return !(event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey)
}

/** A key that was for the list goes no further. */
export function take(event: KeyboardEvent): true {
  event.preventDefault()
  event.stopPropagation()
  return true
}

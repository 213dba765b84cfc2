/** An attachment that gives a control focus when it appears; in a dialog, when the dialog opens. */
import type { Attachment } from 'svelte/attachments'

export function focusAtOnce(wanted: boolean): Attachment<HTMLElement> {
  return (node) => {
    if (!wanted) return
    // A dialog asks for this attribute when it opens, which is after its content is there.
    node.autofocus = true
    node.focus()
  }
}

/** Puts text into a field as if it were typed: it can be undone, and whoever listens hears of it. */
export function insertText(field: HTMLTextAreaElement, start: number, end: number, text: string): void {
  field.focus()
  field.setSelectionRange(start, end)
  // The only way to change a field that keeps its history of changes; test environments have none.
  const { execCommand } = document as Partial<Pick<Document, 'execCommand'>>
  if (execCommand?.call(document, 'insertText', false, text) === true) return
  field.setRangeText(text, start, end, 'end')
  field.dispatchEvent(new InputEvent('input', { bubbles: true }))
}

/** How far from the start of its line a place in a text field is, measured by a twin of that line. */

/** A line is measured from here at most: what goes before it in a long one has wrapped anyway. */
const MOST_MEASURED = 400
const COPIED = [
  'font',
  'letterSpacing',
  'paddingInlineStart',
  'paddingInlineEnd',
  'inlineSize',
  'tabSize',
  'direction',
] as const

/** In CSS pixels from the field's start edge. */
export function caretOffset(field: HTMLTextAreaElement, place: number): number {
  const start = Math.max(field.value.lastIndexOf('\n', place - 1) + 1, place - MOST_MEASURED)
  const style = getComputedStyle(field)
  const twin = document.createElement('div')
  const caret = document.createElement('span')
  for (const name of COPIED) twin.style[name] = style[name]
  Object.assign(twin.style, {
    position: 'absolute',
    visibility: 'hidden',
    boxSizing: 'border-box',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  })
  twin.append(field.value.slice(start, place), caret)
  caret.textContent = '\u200b'
  field.parentElement?.append(twin)
  const box = twin.getBoundingClientRect()
  const at = caret.getBoundingClientRect()
  twin.remove()
  return style.direction === 'rtl' ? box.right - at.right : at.left - box.left
}

/**
 * Copies messages as they were written. All that was written is in the DOM, but what the browser makes of lines, quotes and
 * boxes when it copies them is not the same text again.
 */

/** Elements whose text was written by the sender, signs and line breaks included. */
const WRITTEN = '.words, .sign, pre code'

/** For an element that holds one message's words or many messages. */
export function copyAsWritten(root: HTMLElement): () => void {
  const copy = (event: ClipboardEvent): void => {
    const text = writtenIn(root, getSelection())
    if (text === '' || event.clipboardData === null) return
    event.clipboardData.setData('text/plain', text)
    event.preventDefault()
  }
  root.addEventListener('copy', copy)
  return () => root.removeEventListener('copy', copy)
}

/** What of the messages in `root` is selected, each on lines of its own; empty when nothing is. */
export function writtenIn(root: HTMLElement, selection: Selection | null): string {
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return ''
  const range = selection.getRangeAt(0)
  const messages = root.matches('.text') ? [root] : [...root.querySelectorAll<HTMLElement>('.text')]
  return messages
    .filter((message) => range.intersectsNode(message))
    .map((message) => textOf(message, range))
    .filter((text) => text !== '')
    .join('\n')
}

function textOf(message: HTMLElement, range: Range): string {
  const texts = document.createTreeWalker(message, NodeFilter.SHOW_TEXT)
  let written = ''
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    if (!range.intersectsNode(node) || node.parentElement?.closest(WRITTEN) == null) continue
    const from = node === range.startContainer ? range.startOffset : 0
    const to = node === range.endContainer ? range.endOffset : undefined
    written += (node.nodeValue ?? '').slice(from, to)
  }
  return written
}

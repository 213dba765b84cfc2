/**
 * Marks words in text that is on screen without touching its elements (CSS Custom Highlight API): the log draws and styles
 * messages as ever.
 */

const NAME = 'search-found'
// More would not be seen at once.
const MOST = 500

/** Returns a function that takes the marks away. `found` are words as they are written in the messages. */
export function markWords(root: HTMLElement, found: readonly string[]): () => void {
  const wanted = found.filter((word) => word !== '')
  if (wanted.length === 0) return () => undefined
  const mark = (): void => void CSS.highlights.set(NAME, new Highlight(...rangesOf(root, wanted)))
  // Rows come and go as one scrolls.
  const observer = new MutationObserver(mark)
  observer.observe(root, { childList: true, subtree: true, characterData: true })
  mark()
  return () => {
    observer.disconnect()
    CSS.highlights.delete(NAME)
  }
}

function rangesOf(root: HTMLElement, wanted: readonly string[]): readonly Range[] {
  const ranges: Range[] = []
  for (const bubble of root.querySelectorAll('[data-message]')) {
    const walker = document.createTreeWalker(bubble, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      for (const [start, end] of findAll(node.textContent ?? '', wanted)) {
        if (ranges.length === MOST) return ranges
        const range = new Range()
        range.setStart(node, start)
        range.setEnd(node, end)
        ranges.push(range)
      }
    }
  }
  return ranges
}

/** Where the words stand, each as [start, end); not within other words, as far as words can be told apart. */
export function findAll(text: string, wanted: readonly string[]): readonly (readonly [number, number])[] {
  const found: (readonly [number, number])[] = []
  for (const word of wanted) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
      if (startsWord(text, at)) found.push([at, at + word.length])
    }
  }
  return found
}

function startsWord(text: string, at: number): boolean {
  const joins = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}]/u
  return at === 0 || !joins.test(text[at - 1] ?? '') || !joins.test(text[at] ?? '')
}

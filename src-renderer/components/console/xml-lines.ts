/** Printed XML (src-main/protocol/print-stanza.ts) as lines of coloured words, each knowing where what it opens is closed. */

export type XmlWordKind = 'mark' | 'name' | 'attribute' | 'value' | 'namespace' | 'text' | 'hidden'

export interface XmlWord {
  readonly kind: XmlWordKind
  readonly text: string
}

export interface XmlLine {
  readonly depth: number
  readonly words: readonly XmlWord[]
  /** The line with the end of what this one opens; absent where it opens nothing. */
  readonly end?: number
}

interface OpenLine {
  depth: number
  words: XmlWord[]
  end?: number
}

/** In place of a secret; as the main process writes it. */
const HIDDEN = /(•••)/
const INDENT = 2
const TAG = /<(\/?)([^\s<>/]+)((?:\s+[^\s=<>]+="[^"]*")*)(\/?)>/y
const ATTRIBUTE = /(\s+)([^\s=<>]+)="([^"]*)"/g

/** Never fails: what is cut off in the middle is text. */
export function toLines(xml: string): readonly XmlLine[] {
  const lines: OpenLine[] = [{ depth: 0, words: [] }]
  /** Lines on which elements were opened that are still open. */
  const open: number[] = []
  const current = (): OpenLine => lines.at(-1) as OpenLine

  function putTag([, close = '', name = '', attributes = '', empty = '']: RegExpExecArray): void {
    const { words } = current()
    words.push({ kind: 'mark', text: `<${close}` }, { kind: 'name', text: name })
    for (const [, space = '', key = '', value = ''] of attributes.matchAll(ATTRIBUTE)) {
      words.push({ kind: 'attribute', text: `${space}${key}` }, { kind: 'mark', text: '="' })
      words.push(...valueWords(value, isNamespace(key) ? 'namespace' : 'value'), { kind: 'mark', text: '"' })
    }
    words.push({ kind: 'mark', text: `${empty}>` })
    if (close !== '') closeAt(open.pop())
    else if (empty === '') open.push(lines.length - 1)
  }

  function closeAt(line: number | undefined): void {
    if (line !== undefined && line !== lines.length - 1) (lines[line] as OpenLine).end = lines.length - 1
  }

  for (let at = 0; at < xml.length;) {
    TAG.lastIndex = at
    const tag = TAG.exec(xml)
    if (tag !== null) {
      putTag(tag)
      at = TAG.lastIndex
      continue
    }
    const next = xml.indexOf('<', at + 1)
    const text = xml.slice(at, next < 0 ? undefined : next)
    if (/^\n *$/.test(text)) lines.push({ depth: (text.length - 1) / INDENT, words: [] })
    else current().words.push(...valueWords(text, 'text'))
    at += text.length
  }
  // Of what was cut off in the middle.
  for (const line of open) closeAt(line)
  return lines
}

function valueWords(text: string, kind: XmlWordKind): XmlWord[] {
  const parts = text.split(HIDDEN).filter((part) => part !== '')
  return parts.map((part) => ({ kind: HIDDEN.test(part) ? 'hidden' : kind, text: part }))
}

function isNamespace(key: string): boolean {
  return key === 'xmlns' || key.startsWith('xmlns:')
}

export interface ShownLine {
  readonly index: number
  readonly line: XmlLine
  readonly folded: boolean
}

/** The lines that are left when these are folded. */
export function unfoldedLines(lines: readonly XmlLine[], folded: ReadonlySet<number>): readonly ShownLine[] {
  const shown: ShownLine[] = []
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] as XmlLine
    const foldedTo = folded.has(index) ? line.end : undefined
    shown.push({ index, line, folded: foldedTo !== undefined })
    index = foldedTo ?? index
  }
  return shown
}

/** A stanza of more lines than fit a screen starts with its parts folded. */
const MANY_LINES = 30

export function foldsAtFirst(lines: readonly XmlLine[]): ReadonlySet<number> {
  if (lines.length <= MANY_LINES) return new Set()
  return new Set(lines.flatMap(({ depth, end }, index) => (depth > 0 && end !== undefined ? [index] : [])))
}

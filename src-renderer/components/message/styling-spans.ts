/** XEP-0393 §5.2: the spans of one line. Each pass goes once over its part, and spans nest four deep at most. */

export type SpanKind = 'strong' | 'emphasis' | 'strike' | 'code'

export interface PlainSpan {
  readonly kind: 'plain'
  readonly text: string
}

/** Between two directives, `mark` and `mark` again. A span of code holds one plain span. */
export interface StyledSpan {
  readonly kind: SpanKind
  readonly mark: string
  readonly spans: readonly Span[]
}

export type Span = PlainSpan | StyledSpan

const KINDS: Readonly<Record<string, SpanKind>> = { '*': 'strong', _: 'emphasis', '~': 'strike', '`': 'code' }
const WHITE_SPACE = /[\p{White_Space}\p{Z}]/u

/** `line` has no line break. Joined with their marks, the spans are the line again. */
export function parseSpans(line: string): readonly Span[] {
  return parsePart(line, 0, line.length)
}

function parsePart(line: string, start: number, end: number): readonly Span[] {
  const spans: Span[] = []
  const closers = createClosers(line, end)
  let plainFrom = start
  let at = start
  while (at < end) {
    const kind = KINDS[line.charAt(at)]
    const close = kind !== undefined && opens(line, at, start, end) ? closers(line.charAt(at), at) : undefined
    if (kind === undefined || close === undefined) {
      at += 1
      continue
    }
    if (plainFrom < at) spans.push({ kind: 'plain', text: line.slice(plainFrom, at) })
    spans.push(styled(kind, line, at, close))
    at = plainFrom = close + 1
  }
  if (plainFrom < end) spans.push({ kind: 'plain', text: line.slice(plainFrom, end) })
  return spans
}

function styled(kind: SpanKind, line: string, open: number, close: number): StyledSpan {
  const inner: readonly Span[] =
    kind === 'code'
      ? [{ kind: 'plain', text: line.slice(open + 1, close) }]
      : parsePart(line, open + 1, close)
  return { kind, mark: line.charAt(open), spans: inner }
}

/**
 * At the start of the block, after white space or after another opening directive (which is where a part of its own
 * starts), not before white space, and not before its like: two of a kind with nothing between are both invalid.
 */
function opens(line: string, at: number, start: number, end: number): boolean {
  const next = line.charAt(at + 1)
  return (
    (at === start || WHITE_SPACE.test(line.charAt(at - 1))) &&
    at + 1 < end &&
    next !== line.charAt(at) &&
    !WHITE_SPACE.test(next)
  )
}

/** Finds the next directive that may close: of the same kind, not after white space. It only ever looks ahead. */
function createClosers(line: string, end: number): (mark: string, open: number) => number | undefined {
  const next: Record<string, number> = {}
  return (mark, open) => {
    let at = Math.max(next[mark] ?? 0, open + 2)
    while (at < end && !(line.charAt(at) === mark && !WHITE_SPACE.test(line.charAt(at - 1)))) at += 1
    next[mark] = at
    return at < end ? at : undefined
  }
}

/** Without its first characters, which must be plain. */
export function withoutStart(spans: readonly Span[], characters: number): readonly Span[] {
  const [first, ...rest] = spans
  return first?.kind === 'plain' ? [{ kind: 'plain', text: first.text.slice(characters) }, ...rest] : spans
}

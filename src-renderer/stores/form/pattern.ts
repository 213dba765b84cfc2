/**
 * Regular expressions that a stranger wrote, matched in time that grows with the text alone: as sets of states, never by
 * trying ways one after another, so that no pattern hangs the window (XEP-0122 §3.2.4). POSIX extended expressions without
 * what needs memory (back-references) or looks around.
 */

/** Whether the whole text fits. */
export type Pattern = (text: string) => boolean

type Test = (char: string) => boolean

type Node =
  | { readonly kind: 'char'; readonly test: Test }
  | { readonly kind: 'all'; readonly parts: readonly Node[] }
  | { readonly kind: 'any'; readonly parts: readonly Node[] }
  | { readonly kind: 'repeat'; readonly body: Node; readonly min: number; readonly max: number | undefined }

interface State {
  /** Undefined: no character is needed to go on. */
  readonly test?: Test
  next: readonly number[]
}

const MAX_STATES = 2000
const MAX_DEPTH = 30
const MAX_REPEAT = 1000
/** State visits for one text; beyond it only the service can tell. */
const MAX_WORK = 2_000_000

/** Undefined: not an expression, or one that is not understood; then nothing can be said about a text. */
export function compilePattern(source: string): Pattern | undefined {
  const node = parsePattern(source)
  if (node === undefined) return undefined
  const states: State[] = [{ next: [] }]
  const start = addStates(states, node, 0)
  if (start === undefined) return undefined
  return (text) => fits(states, start, [...text])
}

/** State 0 is the end. */
function fits(states: readonly State[], start: number, chars: readonly string[]): boolean {
  if (states.length * chars.length > MAX_WORK) return true
  let current = reach(states, [start])
  for (const char of chars) {
    const next: number[] = []
    for (const index of current) {
      const state = states[index]
      if (state?.test?.(char)) next.push(...state.next)
    }
    current = reach(states, next)
    if (current.size === 0) return false
  }
  return current.has(0)
}

/** These states, and all that lie behind them without a character. */
function reach(states: readonly State[], from: readonly number[]): Set<number> {
  const found = new Set<number>()
  const waiting = [...from]
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    if (found.has(index)) continue
    found.add(index)
    const state = states[index]
    if (state !== undefined && state.test === undefined) waiting.push(...state.next)
  }
  return found
}

/** Adds what matches the node and goes on to `next`; returns where it starts, undefined when it grows too large. */
function addStates(states: State[], node: Node, next: number): number | undefined {
  const add = (state: State): number | undefined =>
    states.length >= MAX_STATES ? undefined : states.push(state) - 1
  switch (node.kind) {
    case 'char':
      return add({ test: node.test, next: [next] })
    case 'all':
      return node.parts.reduceRight<number | undefined>(
        (after, part) => (after === undefined ? undefined : addStates(states, part, after)),
        next,
      )
    case 'any': {
      const starts = node.parts.map((part) => addStates(states, part, next))
      return starts.includes(undefined) ? undefined : add({ next: starts as number[] })
    }
    case 'repeat':
      return addRepeat(states, node, next)
  }
}

function addRepeat(
  states: State[],
  { body, min, max }: Extract<Node, { kind: 'repeat' }>,
  next: number,
): number | undefined {
  let start: number | undefined = next
  if (max === undefined) {
    const loop: State = { next: [next] }
    start = states.length >= MAX_STATES ? undefined : states.push(loop) - 1
    const again = start === undefined ? undefined : addStates(states, body, start)
    if (again === undefined) return undefined
    loop.next = [again, next]
  }
  for (let optional = min; optional < (max ?? min); optional += 1) {
    const once: number | undefined = start === undefined ? undefined : addStates(states, body, start)
    if (once === undefined || states.length >= MAX_STATES) return undefined
    start = states.push({ next: [once, next] }) - 1
  }
  for (let times = 0; times < min; times += 1) {
    start = start === undefined ? undefined : addStates(states, body, start)
  }
  return start
}

/** Reads the source from left to right; every method returns undefined where it makes no sense. */
class Reader {
  at = 0
  constructor(readonly chars: readonly string[]) {}

  get next(): string | undefined {
    return this.chars[this.at]
  }

  take(wanted: string): boolean {
    if (this.next !== wanted) return false
    this.at += 1
    return true
  }
}

/** The whole text must fit anyway: anchors at the ends say nothing new, and elsewhere nothing that is understood. */
function parsePattern(source: string): Node | undefined {
  const reader = new Reader([...source.replace(/^\^/, '').replace(/(?<!\\)\$$/, '')])
  const node = parseAny(reader, 0)
  return reader.next === undefined ? node : undefined
}

function parseAny(reader: Reader, depth: number): Node | undefined {
  const parts: Node[] = []
  do {
    const part = parseAll(reader, depth)
    if (part === undefined) return undefined
    parts.push(part)
  } while (reader.take('|'))
  return { kind: 'any', parts }
}

function parseAll(reader: Reader, depth: number): Node | undefined {
  const parts: Node[] = []
  while (reader.next !== undefined && reader.next !== '|' && reader.next !== ')') {
    const atom = parseAtom(reader, depth)
    const part = atom && parseRepeats(reader, atom)
    if (part === undefined) return undefined
    parts.push(part)
  }
  return { kind: 'all', parts }
}

function parseAtom(reader: Reader, depth: number): Node | undefined {
  const char = reader.next ?? ''
  reader.at += 1
  switch (char) {
    case '(':
      return parseGroup(reader, depth)
    case '[':
      return parseClass(reader)
    case '.':
      return { kind: 'char', test: () => true }
    case '\\':
      return asNode(parseEscape(reader))
    case '*':
    case '+':
    case '?':
    case '{':
    case '^':
    case '$':
      return undefined
    default:
      return { kind: 'char', test: (other) => other === char }
  }
}

function asNode(test: Test | undefined): Node | undefined {
  return test && { kind: 'char', test }
}

function parseGroup(reader: Reader, depth: number): Node | undefined {
  if (depth >= MAX_DEPTH) return undefined
  if (reader.take('?') && !reader.take(':')) return undefined
  const body = parseAny(reader, depth + 1)
  return reader.take(')') ? body : undefined
}

function parseRepeats(reader: Reader, atom: Node): Node | undefined {
  let node = atom
  for (;;) {
    if (reader.take('*')) node = { kind: 'repeat', body: node, min: 0, max: undefined }
    else if (reader.take('+')) node = { kind: 'repeat', body: node, min: 1, max: undefined }
    else if (reader.take('?')) node = { kind: 'repeat', body: node, min: 0, max: 1 }
    else if (reader.take('{')) {
      const counts = parseCounts(reader)
      if (counts === undefined) return undefined
      node = { kind: 'repeat', body: node, ...counts }
    } else return node
  }
}

/** `3}`, `3,}` or `3,5}`. */
function parseCounts(reader: Reader): { min: number; max: number | undefined } | undefined {
  const end = reader.chars.indexOf('}', reader.at)
  const match = /^(\d{1,4})(,(\d{1,4})?)?$/.exec(reader.chars.slice(reader.at, end).join(''))
  if (end < 0 || match === null) return undefined
  reader.at = end + 1
  const min = Number(match[1])
  const max = match[2] === undefined ? min : match[3] === undefined ? undefined : Number(match[3])
  return min > MAX_REPEAT || (max ?? 0) > MAX_REPEAT || (max ?? min) < min ? undefined : { min, max }
}

const SHORTHANDS: ReadonlyMap<string, Test> = new Map([
  ['d', (char) => /\p{Nd}/u.test(char)],
  ['D', (char) => !/\p{Nd}/u.test(char)],
  ['w', (char) => /[\p{L}\p{N}_]/u.test(char)],
  ['W', (char) => !/[\p{L}\p{N}_]/u.test(char)],
  ['s', (char) => /\s/u.test(char)],
  ['S', (char) => !/\s/u.test(char)],
])
const CONTROLS: ReadonlyMap<string, string> = new Map([
  ['t', '\t'],
  ['n', '\n'],
  ['r', '\r'],
])

/** A letter or digit that has no meaning here may have one elsewhere (back-references, \b): not understood. */
function parseEscape(reader: Reader): Test | undefined {
  const char = reader.next
  reader.at += 1
  if (char === undefined) return undefined
  const shorthand = SHORTHANDS.get(char)
  if (shorthand !== undefined) return shorthand
  const literal = CONTROLS.get(char) ?? (/[a-z0-9]/i.test(char) ? undefined : char)
  return literal === undefined ? undefined : (other) => other === literal
}

const NAMED: ReadonlyMap<string, Test> = new Map([
  ['alpha', (char) => /\p{L}/u.test(char)],
  ['digit', (char) => /\d/.test(char)],
  ['alnum', (char) => /[\p{L}\p{Nd}]/u.test(char)],
  ['upper', (char) => /\p{Lu}/u.test(char)],
  ['lower', (char) => /\p{Ll}/u.test(char)],
  ['space', (char) => /\s/u.test(char)],
  ['blank', (char) => char === ' ' || char === '\t'],
  ['punct', (char) => /[\p{P}\p{S}]/u.test(char)],
  ['xdigit', (char) => /[\da-f]/i.test(char)],
])

/** After the opening bracket. */
function parseClass(reader: Reader): Node | undefined {
  const isNegated = reader.take('^')
  const tests: Test[] = []
  // A bracket that comes first is itself.
  do {
    const test = parseClassPart(reader)
    if (test === undefined) return undefined
    tests.push(test)
  } while (reader.next !== undefined && reader.next !== ']')
  if (!reader.take(']')) return undefined
  return { kind: 'char', test: (char) => tests.some((test) => test(char)) !== isNegated }
}

function parseClassPart(reader: Reader): Test | undefined {
  const first = reader.next
  reader.at += 1
  if (first === undefined) return undefined
  if (first === '[' && reader.next === ':') return parseNamed(reader)
  if (first === '\\') return parseEscape(reader)
  const last = reader.chars[reader.at + 1]
  if (reader.next !== '-' || last === undefined || last === ']') return (char) => char === first
  reader.at += 2
  if (last === '\\' || last === '[') return undefined
  const [low, high] = [first.codePointAt(0) ?? 0, last.codePointAt(0) ?? 0]
  return (char) => {
    const code = char.codePointAt(0) ?? 0
    return code >= low && code <= high
  }
}

/** `:alpha:]` */
function parseNamed(reader: Reader): Test | undefined {
  const end = reader.chars.indexOf(']', reader.at)
  const [, name] = /^:([a-z]+):$/.exec(reader.chars.slice(reader.at, end).join('')) ?? []
  reader.at = end + 1
  return end < 0 || name === undefined ? undefined : NAMED.get(name)
}

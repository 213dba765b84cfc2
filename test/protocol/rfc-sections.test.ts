/**
 * The tables of src-main/protocol: rfc-6120.md, rfc-6121.md and xep-0045-muc/sections.md: every section of the specification is in them once, each
 * that asks something of a client names its proof, and every test and case named there exists.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const PROTOCOL = join(import.meta.dirname, '..', '..', 'src-main', 'protocol')
const TESTS = join(import.meta.dirname, '..')

/** How many subsections each section has, after the tables of contents; '' are the sections themselves. */
const CONTENTS: Readonly<
  Record<
    string,
    { readonly counts: Readonly<Record<string, number>>; readonly appendices: readonly string[] }
  >
> = {
  'rfc-6120.md': {
    counts: {
      '': 16, '1': 4, '2': 5, '3': 4, '3.2': 4, '4': 10, '4.3': 7, '4.6': 4, '4.7': 6, '4.8': 5, '4.9': 4, '4.9.1': 4,
      '4.9.3': 25, '5': 4, '5.3': 6, '5.4': 3, '5.4.2': 3, '5.4.3': 3, '6': 6, '6.3': 10, '6.4': 6, '6.5': 11, '7': 7,
      '7.3': 2, '7.6': 2, '7.6.2': 2, '7.7': 3, '7.7.2': 2, '8': 4, '8.1': 5, '8.1.1': 2, '8.1.2': 2, '8.2': 3, '8.3': 4,
      '8.3.3': 22, '9': 2, '9.1': 5, '9.2': 4, '10': 5, '10.3': 3, '10.4': 3, '10.5': 4, '10.5.3': 2, '11': 8, '13': 15,
      '13.7': 2, '13.7.1': 4, '13.7.2': 4, '13.8': 4, '13.9': 7, '13.10': 2, '14': 7, '16': 2, 'A': 8,
    }, // prettier-ignore
    appendices: ['A', 'B', 'C', 'D', 'E'],
  },
  'rfc-6121.md': {
    counts: {
      '': 13, '1': 5, '2': 6, '2.1': 6, '2.1.2': 6, '2.3': 3, '2.4': 3, '2.5': 3, '2.6': 3, '3': 4, '3.1': 6, '3.2': 3,
      '3.3': 3, '3.4': 2, '4': 7, '4.2': 4, '4.3': 2, '4.3.2': 1, '4.4': 4, '4.5': 4, '4.6': 6, '4.7': 3, '4.7.2': 3,
      '5': 3, '5.2': 5, '8': 5, '8.5': 4, '8.5.2': 2, '8.5.3': 2, '13': 2, 'A': 3, 'A.2': 4, 'A.3': 4,
    }, // prettier-ignore
    appendices: ['A', 'B', 'C', 'D', 'E', 'F'],
  },
  'xep-0045-muc/sections.md': {
    counts: {
      '': 20, '4': 3, '5': 2, '5.1': 3, '5.2': 2, '6': 7, '7': 14, '7.2': 18, '7.8': 2, '8': 6, '9': 9, '10': 9, '10.1': 3,
      '10.2': 1, '11': 2, '14': 7, '16': 7, '16.5': 4, '16.6': 2, '16.7': 2, '17': 4, '18': 2, '18.1': 2, '18.2': 2, '19': 4,
    }, // prettier-ignore
    appendices: [],
  },
}

/** What a row may say in place of a proof. */
const NEEDS_NONE = /^(Nothing to do|Servers|Not done)\b/

interface Row {
  readonly sections: readonly string[]
  readonly asks: string
  readonly linnet: string
  readonly proof: string
}

function read(file: string): Row[] {
  const lines = readFileSync(join(PROTOCOL, file), 'utf8').split('\n')
  const cells = lines.filter((line) => line.startsWith('|')).map((line) => line.split('|').slice(1, -1))
  return cells
    .map((row) => row.map((cell) => cell.trim()))
    .filter(([first = '']) => first !== 'Section' && !first.startsWith('---'))
    .map(([first = '', asks = '', linnet = '', proof = '']) => ({ sections: first.split(', ').flatMap(expand), asks, linnet, proof })) // prettier-ignore
}

/** `2.4.1–2.4.3` is three sections; anything else is one. */
function expand(text: string): string[] {
  const [from = '', to] = text.split('–')
  if (to === undefined) return [from]
  const parent = from.slice(0, from.lastIndexOf('.') + 1)
  const [first, last] = [from, to].map((section) => Number(section.slice(parent.length)))
  if (first === undefined || last === undefined || !to.startsWith(parent))
    throw new Error(`no range: ${text}`)
  return Array.from({ length: last - first + 1 }, (_, index) => `${parent}${first + index}`)
}

/** `path`: “title” */
function named(text: string): { path: string; title: string }[] {
  return [...text.matchAll(/`([\w/.-]+)`: “([^”]+)”/g)].map(([, path = '', title = '']) => ({ path, title }))
}

const sources = new Map<string, string>()
function sourceOf(path: string): string {
  const file = join(TESTS, `${path}.test.ts`)
  const known = sources.get(path) ?? (existsSync(file) ? readFileSync(file, 'utf8') : '')
  sources.set(path, known)
  return known
}

/** As it stands in the source, between quotes of one of the three kinds; `group › title` is two of these. */
function exists({ path, title }: { path: string; title: string }): boolean {
  if (path.startsWith('cases/')) {
    const file = join(TESTS, 'protocol', path, title)
    return existsSync(`${file}.xml`) || existsSync(`${file}.reject.xml`)
  }
  return title
    .split(' › ')
    .every((part) =>
      [`'${part}'`, `"${part}"`, `\`${part}\``].some((quoted) => sourceOf(path).includes(quoted)),
    )
}

describe.each(Object.keys(CONTENTS))('%s', (file) => {
  const rows = read(file)
  const { counts, appendices } = CONTENTS[file] as (typeof CONTENTS)[string]

  test('has every section of the specification, once', () => {
    const all = Object.entries(counts).flatMap(([parent, count]) =>
      Array.from({ length: count }, (_, index) => `${parent === '' ? '' : `${parent}.`}${index + 1}`),
    )
    expect(rows.flatMap((row) => row.sections).sort()).toEqual([...all, ...appendices].sort())
  })

  test('names a proof wherever it asks something of a client, and what it asks', () => {
    const bare = rows.filter(({ linnet, proof, asks }) =>
      NEEDS_NONE.test(linnet) ? proof !== '' : asks === '' || linnet === '' || named(proof).length === 0,
    )
    expect(bare).toEqual([])
  })

  test('every test and case that it names exists', () => {
    const references = rows.flatMap((row) => named(`${row.linnet} ${row.proof}`))
    expect(references.length).toBeGreaterThan(50)
    expect(references.filter((reference) => !exists(reference))).toEqual([])
  })

  test('a proof is nothing but names of tests', () => {
    const rest = rows.map(({ proof }) => proof.replace(/`[\w/.-]+`: “[^”]+”(, )?/g, ''))
    expect(rest.filter((text) => text !== '')).toEqual([])
  })
})

/** What we say we implement is said once: file headers, protocol/README.md and linnet.doap must agree, and be tested. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SaxesParser } from 'saxes'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const protocol = join(root, 'src-main/protocol')
const read = (path: string): string => readFileSync(path, 'utf8')

interface Row {
  readonly name: string
  readonly url: string
  readonly title: string
  readonly version: string
  readonly file: string
  readonly status: string
  readonly note: string
}

const ROW =
  /^\| \[((?:XEP-|RFC )\d{4})\]\((\S+)\): (.+?) +\| *(\S*) *\| \[[^\]]+\]\((\S+?)\) +\| (\S+) +\| *(.*?) *\|$/
const rows: readonly Row[] = read(join(protocol, 'README.md'))
  .split('\n')
  .flatMap((line) => {
    const [, name, url, title, version, file, status, note] = ROW.exec(line) ?? []
    return name === undefined ? [] : [{ name, url, title, version, file, status, note } as Row]
  })
const xeps = rows.filter(({ name }) => name.startsWith('XEP'))

/** Header of a file: number, title, version. */
const HEADER = /^\/\*\*\s+(?:\* )?(XEP-\d{4}): (.+?), version ([\w.]+)\. (\S+)/
const headers = readdirSync(protocol)
  .filter((file) => file.startsWith('xep-'))
  .map((file) => {
    const path = /\.ts$/.test(file) ? file : `${file}/index.ts`
    const [, name, title, version, url] = HEADER.exec(read(join(protocol, path))) ?? []
    return { file: path, name, title, version, url }
  })

test('the table is read whole, sorted, and names nothing twice', () => {
  const lines = read(join(protocol, 'README.md')).match(/^\| \[/gm)
  expect(rows.length).toBe(lines?.length)
  expect(rows.length).toBeGreaterThan(15)
  const names = rows.map(({ name }) => name)
  expect(names).toEqual([...new Set(names)].sort())
  for (const { status } of rows) expect(['complete', 'partial']).toContain(status)
})

describe.each(headers)('$file', ({ file, name, title, version, url }) => {
  test('its header is in the table', () => {
    const row = xeps.find((each) => each.file === file)
    expect({ name, title, version, url }).toEqual({
      name: row?.name,
      title: row?.title,
      version: row?.version,
      url: row?.url,
    })
    expect(file.slice(0, 'xep-NNNN'.length)).toBe(name?.toLowerCase())
    expect(url).toBe(`https://xmpp.org/extensions/${name?.toLowerCase()}.html`)
  })

  test('it has cases or tests that name it', () => {
    expect(isTested(name ?? '')).toBe(true)
  })
})

describe('files of the table', () => {
  test.each(rows)('$name: $file', ({ name, file }) => {
    expect(existsSync(join(protocol, file))).toBe(true)
    if (file.endsWith('.ts') && name.startsWith('XEP')) expect(read(join(protocol, file))).toContain(name)
  })
})

test('linnet.doap says the same as the table', () => {
  const doap = readDoap()
  const said = xeps.map(({ url, status, version, note }) => ({ url, status, version, note }))
  expect(doap.xeps).toEqual(said)
  expect(doap.rfcs).toEqual(rows.filter(({ name }) => name.startsWith('RFC')).map(({ url }) => url))
})

/** A folder of cases, a test file of its name or whose first lines name it, or a `describe` or `test` that does. */
function isTested(name: string): boolean {
  const lower = name.toLowerCase()
  if (existsSync(join(root, 'test/protocol/cases', lower))) return true
  const titled = new RegExp(`(describe|test)[^'"\`]*\\(\\s*['"\`][^'"\`]*${name}`)
  return readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts') && !file.includes('specifications'))
    .some((file) => {
      const text = read(join(root, 'test', file))
      const opening = /^\/\*\*.*?\*\//s.exec(text)?.[0] ?? ''
      return file.includes(lower) || opening.includes(name) || titled.test(text)
    })
}

interface Doap {
  readonly rfcs: string[]
  readonly xeps: { url: string; status: string; version: string; note: string }[]
}

/** XEP-0453 in RDF/XML; throws where it is not well-formed. */
function readDoap(): Doap {
  const doap: Doap = { rfcs: [], xeps: [] }
  const parser = new SaxesParser({ xmlns: false })
  let text = ''
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const resource = attributes['rdf:resource']
    text = ''
    if (name === 'implements' && resource !== undefined) doap.rfcs.push(resource)
    if (name === 'xmpp:SupportedXep') doap.xeps.push({ url: '', status: '', version: '', note: '' })
    if (name === 'xmpp:xep') Object.assign(doap.xeps.at(-1) ?? {}, { url: resource })
  })
  parser.on('text', (part) => (text += part))
  parser.on('closetag', ({ name }) => {
    const [, field] = /^xmpp:(status|version|note)$/.exec(name) ?? []
    if (field !== undefined) Object.assign(doap.xeps.at(-1) ?? {}, { [field]: text })
  })
  parser.write(read(join(root, 'linnet.doap'))).close()
  return doap
}

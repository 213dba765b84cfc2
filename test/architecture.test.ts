/** The rules that a machine can check: who imports whom, and a few words that belong to one place. */
import { cruise, type IFlattenedRuleSet, type IReporterOutput } from 'dependency-cruiser'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import config from '../.dependency-cruiser.mjs'

const root = join(import.meta.dirname, '..')
const ruleNames = config.forbidden.map((rule) => rule.name)

/** Each violation as "rule: from → to". */
async function findViolations(baseDir: string): Promise<string[]> {
  const ruleSet = { forbidden: config.forbidden } as IFlattenedRuleSet
  const { output }: IReporterOutput = await cruise(
    ['src-main', 'src-renderer'],
    { ...config.options, baseDir, validate: true, ruleSet },
    config.options.enhancedResolveOptions,
    { tsConfig: extractTSConfig(join(root, 'tsconfig.base.json')) },
  )
  if (typeof output === 'string') throw new Error(output)
  return output.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)
}

describe('imports', () => {
  let violations: string[] = []
  beforeAll(async () => {
    violations = await findViolations(root)
  }, 60_000)

  test.each(ruleNames)('%s', (name) => {
    expect(violations.filter((violation) => violation.startsWith(`${name}: `))).toEqual([])
  })
})

/** For each rule, a file that breaks it. */
const breaches: Record<string, [file: string, text: string]> = {
  'model imports nothing of ours': ['src-main/model/a.ts', `import '../storage/target.ts'`],
  'text imports nothing of ours': ['src-main/text/a.ts', `import '../model/target.ts'`],
  'contract imports model of ours': ['src-main/contract/a.ts', `import '../domain/target.ts'`],
  'protocol imports model of ours': ['src-main/protocol/a.ts', `import '../storage/target.ts'`],
  'storage imports model of ours': ['src-main/storage/a.ts', `import '../protocol/target.ts'`],
  'domain imports model, protocol, storage, contract of ours': [
    'src-main/domain/a.ts',
    `import '../shell/target.ts'`,
  ],
  'shell imports model, text, contract, domain of ours': [
    'src-main/shell/a.ts',
    `import '../storage/target.ts'`,
  ],
  'electron stops at shell': ['src-main/domain/b.ts', `import 'electron'`],
  'better-sqlite3 stops at storage': ['src-main/domain/c.ts', `import 'better-sqlite3'`],
  '@xmpp/[^/]+ stops at protocol': ['src-main/domain/d.ts', `import '@xmpp/xml'`],
  'no cycles': ['src-main/model/circle.ts', `import './circle.ts'`],
  'domain imports no values of contract but its errors': [
    'src-main/domain/e.ts',
    `import '../contract/target.ts'`,
  ],
  'preload imports electron and the channel names': [
    'src-main/shell/preload.ts',
    `import '../contract/target.ts'`,
  ],
  'the renderer imports contract and model as types, and text': [
    'src-renderer/a.ts',
    `import '../src-main/shell/target.ts'`,
  ],
  'the renderer imports no values of contract and model': [
    'src-renderer/b.ts',
    `import '../src-main/model/target.ts'`,
  ],
  'components know no bridge': ['src-renderer/components/a.ts', `import '../bridge.ts'`],
  'no Node in the renderer': ['src-renderer/c.ts', `import 'node:fs'`],
  'sources import no tests and no scripts': ['src-main/shell/b.ts', `import '../../test/target.ts'`],
  'every import is found': ['src-main/shell/c.ts', `import './nowhere.ts'`],
}

describe('each rule finds what breaks it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'linnet-architecture-'))
  let violations: string[] = []
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  beforeAll(async () => {
    const layers = ['model', 'contract', 'protocol', 'storage', 'domain', 'shell']
    for (const layer of layers) write(`src-main/${layer}/target.ts`, 'export const target = 1\n')
    for (const file of ['src-renderer/bridge.ts', 'test/target.ts']) write(file, 'export const target = 1\n')
    for (const [file, text] of Object.values(breaches)) write(file, `${text}\n`)
    for (const name of ['electron', 'better-sqlite3', '@xmpp/xml']) {
      write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }))
      write(`node_modules/${name}/index.js`, '')
    }
    violations = await findViolations(folder)
  }, 60_000)
  afterAll(() => rmSync(folder, { recursive: true }))

  test.each(ruleNames)('%s', (name) => {
    const file = breaches[name]?.[0]
    expect(violations.some((violation) => violation.startsWith(`${name}: ${file}`))).toBe(true)
  })
})

describe('words', () => {
  const sources = ['src-main', 'src-renderer']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
        join(folder, file).replaceAll('\\', '/'),
      ),
    )
    .filter((file) => /\.(ts|svelte)$/.test(file))
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))
  const filesWith = (pattern: RegExp): string[] =>
    sources.filter(({ text }) => pattern.test(text)).map(({ file }) => file)

  test('window.bridge is used in src-renderer/bridge.ts alone', () => {
    // In comments it may be spoken of.
    expect(filesWith(/^(?!\s*(\/?\*|\/\/)).*window\s*\.\s*bridge\b/m)).toEqual(['src-renderer/bridge.ts'])
  })

  test('no rule of a checker is switched off in a source file', () => {
    expect(filesWith(/eslint-disable|@ts-(ignore|nocheck|expect-error)/)).toEqual([])
  })

  test('text never becomes HTML', () => {
    expect(filesWith(/\{@html|\.innerHTML|insertAdjacentHTML|document\.write/)).toEqual([])
  })

  test('every file of an extension says its number, version and address', () => {
    const header =
      /^\/\*\*[\s\S]{0,40}XEP-\d{4}: [\s\S]*?version \d[\s\S]*?https:\/\/xmpp\.org\/extensions\/xep-\d{4}\.html/
    const files = sources.filter(({ file }) => /^src-main\/protocol\/.*xep-\d{4}[^/]*\.ts$/.test(file))
    expect(files.length).toBeGreaterThan(0)
    expect(files.filter(({ text }) => !header.test(text)).map(({ file }) => file)).toEqual([])
  })
})

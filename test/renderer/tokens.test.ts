import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ACCOUNT_COLORS } from '../../src-main/model/accounts.ts'
import { contrast, lightDark, readTokens } from './tokens.ts'

const tokens = readTokens()
const root = new URL('../../src-renderer/', import.meta.url).pathname

const grounds = ['bg', 'surface', 'raised', 'sunken', 'other', 'own', 'accent-soft']
const onAllGrounds = ['ink', 'ink-2', 'ink-3', 'accent', 'danger', 'link', 'warn']

/** Text and what it stands on: 4.5:1. */
const texts = [
  ...onAllGrounds.flatMap((ink) => grounds.map((ground) => [ink, ground] as const)),
  ['own-ink', 'own'],
  ['accent-soft-ink', 'accent-soft'],
  ['accent-ink', 'accent'],
  ['accent-ink', 'accent-hover'],
  ['danger-ink', 'danger'],
  ['danger-ink', 'danger-hover'],
  ['bg', 'ink'],
  ['ink-2', 'line'],
  ...['info', 'warn', 'danger'].flatMap((kind) =>
    ['ink', 'ink-2', kind].map((ink) => [ink, `${kind}-soft`] as const),
  ),
  ['good', 'good-soft'],
  ['good', 'surface'],
  ['ink', 'selection'],
  ['found-ink', 'found'],
] as const

/** Parts of controls and signs: 3:1. */
const parts = [
  ...['bg', 'surface', 'raised'].map((ground) => ['line-strong', ground] as const),
  ...['bg', 'surface', 'sunken', 'raised'].map((ground) => ['focus', ground] as const),
  ...['online', 'away', 'dnd', 'xa', 'offline'].flatMap((show) =>
    ['surface', 'bg', 'sunken', 'accent-soft', 'raised'].map((ground) => [show, ground] as const),
  ),
  ...ACCOUNT_COLORS.flatMap((color) =>
    ['surface', 'bg', 'sunken', 'accent-soft', 'raised'].map(
      (ground) => [`account-${color}`, ground] as const,
    ),
  ),
  ['on-presence', 'dnd'],
] as const

describe.each([
  ['light', 0],
  ['dark', 1],
] as const)('%s theme', (_, theme) => {
  test.each(texts)('text: %s on %s', (ink, ground) => {
    expect(contrast(lightDark(tokens, ink)[theme], lightDark(tokens, ground)[theme])).toBeGreaterThanOrEqual(
      4.5,
    )
  })

  test.each(parts)('part: %s on %s', (part, ground) => {
    expect(contrast(lightDark(tokens, part)[theme], lightDark(tokens, ground)[theme])).toBeGreaterThanOrEqual(
      3,
    )
  })
})

const components = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.svelte'))
  .map((file) => [file, readFileSync(root + file, 'utf8')] as const)

test.each(components)('%s takes colours and sizes from tokens', (_, source) => {
  // A media query cannot read a custom property.
  const style = (/<style>(.*)<\/style>/s.exec(source)?.[1] ?? '').replace(/@(media|container)[^{]+/g, '')
  const written = [...style.matchAll(/#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(|\b\d*\.?\d+px\b/gi)].map(
    ([found]) => found,
  )
  expect(written).toEqual([])
  const used = [...style.matchAll(/var\(--([\w-]+)/g)].map(([, name = '']) => name)
  const own = new Set([...source.matchAll(/--([\w-]+)[:=]/g)].map(([, name = '']) => name))
  expect(used.filter((name) => !tokens.has(name) && !own.has(name) && !name.startsWith('bits-'))).toEqual([])
})

test.each(components)(
  '%s can stand under a strict policy: no HTML from data, no style attributes',
  (_, source) => {
    const markup = source.replace(/<script.*?<\/script>|<style>.*?<\/style>|<!--.*?-->/gs, '')
    expect(markup).not.toMatch(/\{@html/)
    // Svelte sets style: directives one by one; a style attribute in a template would be parsed, and refused.
    expect(markup).not.toMatch(/\sstyle=/)
  },
)

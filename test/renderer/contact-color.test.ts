import { describe, expect, test } from 'vitest'
import { colorOf, contactColor, hueOf } from '../../src-renderer/components/presence/contact-color.ts'
import { contrast, lightDark, readTokens } from './tokens.ts'

/** XEP-0392 §12.1: hue, and red, green, blue at saturation 100 and lightness 50. */
const vectors = [
  ['Romeo', 327.255249, 0.865, 0.0, 0.686],
  ['juliet@capulet.lit', 209.4104, 0.0, 0.515, 0.573],
  ['😺', 331.199341, 0.872, 0.0, 0.659],
  ['council', 359.994507, 0.918, 0.0, 0.394],
  ['Board', 171.430664, 0.0, 0.527, 0.457],
] as const

test.each(vectors)('test vector %s', (text, hue, red, green, blue) => {
  expect(hueOf(text)).toBeCloseTo(hue, 5)
  const hex = colorOf(hueOf(text), 100, 50)
  const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
  // A channel has 256 steps.
  for (const [index, expected] of [red, green, blue].entries()) {
    expect(Math.abs((channels[index] ?? -1) - expected)).toBeLessThan(1 / 255)
  }
})

describe('every hue', () => {
  const tokens = readTokens()
  // Enough addresses to come by each degree.
  const colors = Array.from({ length: 3000 }, (_, index) => contactColor(`contact${index}@server.example`))

  test('keeps white initials readable', () => {
    const worst = Math.min(...colors.map((color) => contrast('#ffffff', color.background)))
    expect(worst).toBeGreaterThanOrEqual(4.5)
  })

  test('makes names readable on the grounds of both themes', () => {
    for (const ground of ['bg', 'surface', 'other']) {
      const [light, dark] = lightDark(tokens, ground)
      expect(Math.min(...colors.map((color) => contrast(color.onLight, light)))).toBeGreaterThanOrEqual(4.5)
      expect(Math.min(...colors.map((color) => contrast(color.onDark, dark)))).toBeGreaterThanOrEqual(4.5)
    }
  })
})

test('the same address has the same colours', () => {
  expect(contactColor('juliet@capulet.lit')).toEqual(contactColor('juliet@capulet.lit'))
  expect(contactColor('juliet@capulet.lit')).not.toEqual(contactColor('romeo@montague.lit'))
})

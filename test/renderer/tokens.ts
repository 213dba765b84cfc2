/** Reads the design tokens and measures contrast (WCAG 2.2, relative luminance). */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export type Tokens = ReadonlyMap<string, string>

const FILE = join(import.meta.dirname, '../../src-renderer/styles/tokens.css')

export function readTokens(): Tokens {
  const css = readFileSync(FILE, 'utf8')
  return new Map(
    [...css.matchAll(/^ {2}--([\w-]+):\s*([^;]+);/gm)].map(([, name = '', value = '']) => [name, value]),
  )
}

/** Both values of a colour token; one that is the same in both themes counts twice. */
export function lightDark(tokens: Tokens, name: string): readonly [string, string] {
  const value = tokens.get(name)
  if (value === undefined) throw new Error(`no token --${name}`)
  const [light, dark] = value.match(/#\w+/g) ?? []
  if (light === undefined) throw new Error(`--${name} is no colour`)
  return [light, dark ?? light]
}

/** 1 to 21, of two `#rrggbb`. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Numbers that look random and come again for the same seed. */
export interface Random {
  /** From `least` up to and with `most`. */
  between(least: number, most: number): number
  of<T>(choices: readonly T[]): T
}

/** mulberry32, by Tommy Ettinger; public domain. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1))
  return {
    between,
    of: (choices) => {
      const choice = choices[between(0, choices.length - 1)]
      if (choice === undefined) throw new Error('nothing to choose from')
      return choice
    },
  }
}

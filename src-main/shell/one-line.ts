/** Foreign text where the desktop shows one short line: titles, menu entries. */

// Controls, line ends, and what changes the direction or hides; joiners of emoji and scripts stay.
const NOT_IN_A_LINE = /[\p{Cc}\p{Cs}\s\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/gu

/** At most `most` characters, with an ellipsis when something is missing. */
export function oneLine(text: string, most: number): string {
  return shorten(
    text
      .slice(0, 16 * most)
      .replace(NOT_IN_A_LINE, ' ')
      .trim(),
    most,
  )
}

/** Cuts between characters, never within one. */
export function shorten(text: string, most: number): string {
  const characters = [...text.slice(0, 4 * most)]
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : characters.join('')
}

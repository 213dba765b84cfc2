/** Text made equal for searching: case, accents, width and invisible characters do not count. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLocaleLowerCase()
    .trim()
}

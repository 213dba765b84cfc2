/** Addresses for rooms that are to be made. */

const MOST = 48

/** What a name becomes before the @: letters and digits of any script, small, with hyphens; empty where none is left. */
export function localPartOf(name: string): string {
  return name
    .normalize('NFKC')
    .toLocaleLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .slice(0, MOST)
    .replace(/^-+|-+$/g, '')
}

/** For groups: nobody is to guess it. 80 bits. */
export function secretLocalPart(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** What may be put on the block list, as far as a form can tell; the main process has the last word. Pure. */
import type { TextKey } from '../../src-main/text/text.ts'
import { domainPart, looksLikeAddress } from './address.ts'
import { folded } from './folded.ts'

/** Words for why this can't be blocked; undefined when it can. `wanted` is in lower case and trimmed. */
export function blockProblem(wanted: string, own: string, blocked: readonly string[]): TextKey | undefined {
  const isDomain = /^[^\s@/"&'<>:]+\.[^\s@/"&'<>:.]+$/u.test(wanted)
  if (!isDomain && !looksLikeAddress(wanted)) return 'availability.blockListAddInvalid'
  if (wanted === own || wanted === domainPart(own)) return 'availability.blockListAddOwn'
  return blocked.includes(wanted) ? 'availability.blockListAddKnown' : undefined
}

/** Those whose address or name has every word of the query in it; in the order they came. */
export function findBlocked(
  blocked: readonly string[],
  nameOf: (address: string) => string,
  query: string,
): readonly string[] {
  const words = folded(query).split(/\s+/u).filter(Boolean)
  if (words.length === 0) return blocked
  return blocked.filter((address) => {
    const haystack = folded(`${address}\n${nameOf(address)}`)
    return words.every((word) => haystack.includes(word))
  })
}

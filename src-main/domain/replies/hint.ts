/** Which hint of a spoiler is shown (XEP-0382 §4). */
import type { SpoilerHint } from '../../protocol/xep-0382-spoilers.ts'
import { chooseText } from '../languages.ts'

/** In the language that the words are shown in (empty: not said), else in one that the user reads, else the first. */
export function chooseHint(
  hints: readonly SpoilerHint[],
  shown: string | undefined,
  wanted: readonly string[],
): string {
  const versions = hints.map(({ lang, hint }) => ({ lang, body: hint }))
  const same = hints.find(({ lang }) => lang.toLowerCase() === shown?.toLowerCase())
  return same?.hint ?? chooseText({ body: '', versions }, wanted).body
}

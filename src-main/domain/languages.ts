/** Which of a message's languages is shown: the first that the user reads (RFC 4647 §3.4, lookup), else the sender's own. */
import type { Languages, TextVersion } from '../model/message.ts'
import type { ParsedMessage } from '../protocol/message.ts'
import type { Tools } from './tools.ts'

export interface ChosenText {
  readonly subject: string
  readonly body: string
  /** Undefined when there was nothing to choose from. */
  readonly languages?: Languages
}

/** For the user of this computer, who is asked only where there is a choice: most messages come in one language. */
export function chooseForUser(
  parsed: Pick<ParsedMessage, 'subject' | 'body' | 'versions'>,
  { languages }: Pick<Tools, 'languages'>,
): ChosenText {
  return chooseText(parsed, parsed.versions === undefined ? [] : languages())
}

/** `wanted`: BCP 47, the preferred first. */
export function chooseText(
  { subject = '', body = '', versions }: Pick<ParsedMessage, 'subject' | 'body' | 'versions'>,
  wanted: readonly string[],
): ChosenText {
  const [first] = versions ?? []
  if (versions === undefined || first === undefined) return { subject, body }
  const chosen = findVersion(versions, wanted) ?? first
  const others = versions.filter((version) => version !== chosen)
  return {
    subject: chosen.subject ?? '',
    body: chosen.body,
    languages: { shown: chosen.lang, others },
  }
}

function findVersion(versions: readonly TextVersion[], wanted: readonly string[]): TextVersion | undefined {
  for (const range of wanted) {
    const found = lookUp(versions, range.toLowerCase()) ?? relative(versions, range.toLowerCase())
    if (found !== undefined) return found
  }
  return undefined
}

/** RFC 4647 §3.4: the range itself, then shorter from its end: zh-Hans-CN, zh-Hans, zh. */
function lookUp(versions: readonly TextVersion[], range: string): TextVersion | undefined {
  for (let prefix = range; prefix !== ''; prefix = shorter(prefix)) {
    const found = versions.find(({ lang }) => lang.toLowerCase() === prefix)
    if (found !== undefined) return found
  }
  return undefined
}

/** A single letter or digit introduces what follows it, so it goes with it. */
function shorter(range: string): string {
  const cut = range.slice(0, Math.max(0, range.lastIndexOf('-')))
  return /(^|-)[a-z0-9]$/.test(cut) ? cut.slice(0, Math.max(0, cut.lastIndexOf('-'))) : cut
}

/** Lookup finds no de-AT for who reads de; that is still nearer than another language. */
function relative(versions: readonly TextVersion[], range: string): TextVersion | undefined {
  const [language = ''] = range.split('-')
  return versions.find(({ lang }) => lang.toLowerCase().startsWith(`${language}-`))
}

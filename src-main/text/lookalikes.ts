/**
 * Letters that look like others (attack S16): words that mix alphabets, letters of mathematics, domains that can be taken
 * for another. After UTS #39, by scripts and not by tables of single letters.
 */

/** Alphabets whose letters are taken for each other's. Han, kana and others stand beside Latin in honest words. */
const ALIKE = ['Latin', 'Greek', 'Cyrillic', 'Armenian', 'Cherokee', 'Coptic', 'Lisu'].map(ofScript)
const WORD = /[\p{L}\p{M}]+/gu
const IGNORED = /\p{Default_Ignorable_Code_Point}/gu

/** What may stand together in one label of a domain (UTS #39 §5.2, highly restrictive). */
const TOGETHER = [
  'Latin Han Hiragana Katakana',
  'Latin Han Bopomofo',
  'Latin Han Hangul',
  'Latin',
  'Greek',
  'Cyrillic',
  'Armenian',
  'Hebrew',
  'Arabic',
  'Devanagari',
  'Bengali',
  'Thai',
  'Georgian',
  'Tamil',
  'Telugu',
  'Ethiopic',
  'Khmer',
  'Lao',
  'Sinhala',
].map((scripts) => new RegExp(`^[\\p{Script=Common}\\p{Script=Inherited}${scriptsOf(scripts)}]*$`, 'u'))

/** Every letter of such a label has a Latin double, so the whole reads as a Latin word. */
const DOUBLES = /^[-0-9аһсԁеѕіјӏорԛтԝхуүѵґвкмнαγικνορτυχѡмշցհոսօս]+$/u
/** Latin letters beyond those that languages are commonly written with: IPA, dotless ı and others that pass for plain ones. */
const UNUSUAL_LATIN =
  /[\u0131\u0138\u0180-\u01cc\u01dd-\u01e5\u01f0-\u01f7\u021c-\u0225\u0234-\u02af\u1d00-\u1dbf\ua720-\uab6f]/u

function ofScript(script: string): RegExp {
  return new RegExp(`\\p{Script=${script}}`, 'u')
}

function scriptsOf(names: string): string {
  return names
    .split(' ')
    .map((name) => `\\p{Script=${name}}`)
    .join('')
}

/** Whether a word of it mixes alphabets that look alike, or is written in signs that only look like letters (𝐀, Ａ). */
export function imitatesLetters(text: string): boolean {
  return (text.replace(IGNORED, '').match(WORD) ?? []).some(
    (word) => ALIKE.filter((script) => script.test(word)).length > 1 || isDisguised(word),
  )
}

function isDisguised(word: string): boolean {
  const plain = word.normalize('NFKC')
  return plain !== word.normalize('NFC') && /[a-z]/i.test(plain)
}

/** The domain of an address in ASCII (punycode) when it can be taken for another; undefined when it can't, or is none. */
export function readDomain(address: string): string | undefined {
  const domain = address.slice(address.indexOf('@') + 1).replace(/\/.*$/s, '')
  if (/^[\x20-\x7e]*$/.test(domain)) return undefined
  const labels = domain.split('.')
  const foreign = labels.filter((label) => /[^\x20-\x7e]/.test(label))
  if (!foreign.some((label) => canMislead(label, labels.at(-1) ?? ''))) return undefined
  const url = `http://${domain}`
  return URL.canParse(url) ? new URL(url).hostname : undefined
}

function canMislead(label: string, top: string): boolean {
  if (UNUSUAL_LATIN.test(label) || isDisguised(label)) return true
  if (!TOGETHER.some((allowed) => allowed.test(label))) return true
  // In its own country's domain a word of doubles is a word of the language.
  return DOUBLES.test(label) && /^[a-z]+$/.test(top)
}

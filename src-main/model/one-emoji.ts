/**
 * Whether a text is one emoji, by the shape that Unicode gives such sequences (UTS #51, ED-1.4 to ED-17), not by a list: an emoji
 * of a later Unicode than ours must pass, letters and digits must not.
 */

/** The longest that anybody has seen, two people with skin tones and a heart between them, has half of it. */
const MAX_LENGTH = 40

const TAGS = '[\\u{E0020}-\\u{E007E}]+\\u{E007F}'
const MODIFICATION = `(?:\\p{Emoji_Modifier}|\\u{FE0F}?\\u{20E3}|\\u{FE0F}|${TAGS})`
const PICTURE = '(?!\\p{Regional_Indicator})[\\p{Extended_Pictographic}\\p{Emoji_Presentation}]'
const ELEMENT = `(?:\\p{Regional_Indicator}{2}|[0-9#*]\\u{FE0F}?\\u{20E3}|${PICTURE}${MODIFICATION}?)`
const ONE_EMOJI = new RegExp(`^${ELEMENT}(?:\\u{200D}${ELEMENT})*$`, 'u')

export function isOneEmoji(text: string): boolean {
  return text.length <= MAX_LENGTH && ONE_EMOJI.test(text)
}

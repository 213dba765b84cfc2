/** Tells a message that is nothing but some emoji. */

// The v flag knows emoji of several code points as one.
const FEW_EMOJI = new RegExp('^\\s*(?:\\p{RGI_Emoji}\\s*){1,6}$', 'v')
const LONGEST_EMOJI = 16

/** One to six emoji and nothing else: they are shown larger. */
export function isEmojiOnly(body: string): boolean {
  return body.length <= 7 * LONGEST_EMOJI && FEW_EMOJI.test(body)
}

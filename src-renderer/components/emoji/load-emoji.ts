/**
 * Brings the tables of emoji (emojibase: names and tags in English and Chinese, short names of GitHub and of emojibase) when
 * they are first wanted: they are larger than all the rest of the window together.
 */
import { createEmojiBook, type EmojiBook } from './emoji-book.ts'

let book: Promise<EmojiBook> | undefined

/** Once for the window. Rejects when the files cannot be read; then the next call tries again. */
export function loadEmoji(): Promise<EmojiBook> {
  book ??= load().catch((error: unknown) => {
    book = undefined
    throw error
  })
  return book
}

async function load(): Promise<EmojiBook> {
  const [english, chinese, github, emojibase] = await Promise.all([
    import('emojibase-data/en/compact.json'),
    import('emojibase-data/zh/compact.json'),
    import('emojibase-data/en/shortcodes/github.json'),
    import('emojibase-data/en/shortcodes/emojibase.json'),
  ])
  return createEmojiBook(english.default, chinese.default, [github.default, emojibase.default])
}

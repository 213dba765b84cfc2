/**
 * Words that may be in a part of the archive that is not here: where the archive can be searched it says where they are, and
 * the conversation is loaded back to there. Then the search on this computer finds them, in its own way.
 */
import type { OlderHistory } from '../../model/archive.ts'
import type { Conversation } from '../../model/conversation.ts'
import { StanzaError } from '../../protocol/errors.ts'
import { fetchWordsField } from '../../protocol/xep-0313-archive.ts'
import { addressOf } from '../conversations.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'
import { loadOlder, whatIsHere } from './older.ts'

/** Some thousand messages at a time; the user may ask to go on. */
const MOST_PAGES = 40
/** Of one second some may be here. */
const LOOKED_AT = 20

const fields = new WeakMap<Link, Promise<string | undefined>>()

/** Undefined where the archive is not one that can be searched. Rejects as loadOlder does. */
export async function loadBackToWords(
  tools: Tools,
  link: Link,
  conversation: Conversation,
  text: string,
): Promise<OlderHistory | undefined> {
  const words = searchableOf(text)
  // A room's archive is another one, and says so for itself: none does so far.
  if (words === '' || conversation.kind === 'room') return undefined
  try {
    const field = await fieldOf(link)
    if (field === undefined) return undefined
    const wanted = await findBefore(tools, link, conversation, { field, text: words })
    return wanted === undefined ? { added: 0, more: false } : await loadTo(tools, link, conversation, wanted)
  } catch (error) {
    if (!(error instanceof StanzaError)) throw error
    tools.log('domain/archive', 'info', 'the archive can not be searched', { error })
    return undefined
  }
}

/** A phrase, or of several words the longest: not every server takes them one by one. */
function searchableOf(text: string): string {
  const phrase = /"([^"]+)"?/.exec(text)?.[1]?.trim()
  const [longest = ''] = text.split(/[\s"]+/).sort((a, b) => b.length - a.length)
  return phrase ?? longest
}

function fieldOf(link: Link): Promise<string | undefined> {
  const asked = fields.get(link) ?? fetchWordsField(link.iq)
  fields.set(link, asked)
  return asked
}

/** The newest message with these words that lies before what is here: its id in the archive. */
async function findBefore(
  tools: Tools,
  link: Link,
  conversation: Conversation,
  words: { readonly field: string; readonly text: string },
): Promise<string | undefined> {
  const { first, fromStart } = whatIsHere(tools, conversation)
  if (fromStart) return undefined
  const page = { max: LOOKED_AT, before: '' }
  const asked = { with: addressOf(conversation), endMs: first.stampMs, words, page }
  const { results } = await link.archives.query(asked)
  return results.findLast(({ id }) => isMissing(tools, conversation, id))?.id
}

function isMissing({ storage }: Tools, { id }: Conversation, stanzaId: string): boolean {
  return storage.findByStanzaId(id, stanzaId) === undefined
}

async function loadTo(
  tools: Tools,
  link: Link,
  conversation: Conversation,
  wanted: string,
): Promise<OlderHistory> {
  let sum: OlderHistory = { added: 0, more: true }
  for (let pages = 0; pages < MOST_PAGES && sum.more && isMissing(tools, conversation, wanted); pages += 1) {
    const { added, more } = await loadOlder(tools, link, conversation)
    sum = { added: sum.added + added, more: more && !link.closed }
  }
  return sum
}

/**
 * Pictures of link cards. Whoever names one learns the user's address when it is loaded, so none is before the user wants
 * it: this one, all of this conversation, or all (XEP-0511, Privacy Considerations; attack S15). One that was loaded stays.
 */
import type { CheckedInput } from '../../contract/commands.ts'
import type { LinkPicture } from '../../model/links.ts'
import type { Tools } from '../tools.ts'
import { webProxy } from '../connections/ways.ts'
import { userError } from '../user-errors.ts'

/** At a time: a long scroll names hundreds. */
const MOST_AT_ONCE = 4
/** Those that could not be had are not asked for again by themselves. */
const MAX_FAILED = 500

export interface LinkPictures {
  /** Null: not wanted yet, or can't be had. Throws UserError 'not-found' for what is no card of that message. */
  load(input: CheckedInput<'link.picture'>): Promise<LinkPicture | null>
}

export function createLinkPictures(tools: Tools): LinkPictures {
  const { storage, now } = tools
  const underWay = new Map<string, Promise<LinkPicture | null>>()
  const failed = new Set<string>()
  const inTurn = createTurns(MOST_AT_ONCE)

  function fromCache(url: string): LinkPicture | undefined {
    const stored = storage.findLinkPicture(url, now())
    if (stored === undefined) return undefined
    const { bytes, type, width, height } = stored
    return { type, width, height, base64: Buffer.from(bytes).toString('base64') }
  }

  async function fetchNow(url: string): Promise<LinkPicture | null> {
    const picture = await inTurn(() => tools.fetchPicture(url, webProxy(tools)))
    if (picture === undefined) {
      if (failed.size < MAX_FAILED) failed.add(url)
      return null
    }
    failed.delete(url)
    storage.putLinkPicture(url, picture, now())
    return fromCache(url) ?? null
  }

  return {
    async load({ messageId, url, wish }) {
      const image = imageOf(tools, messageId, url)
      const known = fromCache(image)
      if (known !== undefined) return known
      const isWanted = wish === 'asked' || (isAlwaysWanted(tools, messageId) && !failed.has(image))
      if (!isWanted) return null
      const same = underWay.get(image) ?? fetchNow(image).finally(() => underWay.delete(image))
      underWay.set(image, same)
      return same
    },
  }
}

function imageOf({ storage }: Tools, messageId: number, url: string): string {
  const card = storage.findMessage(messageId)?.links?.find((each) => each.url === url)
  if (card?.image === undefined) throw userError('not-found')
  return card.image
}

function isAlwaysWanted({ storage }: Tools, messageId: number): boolean {
  const message = storage.findMessage(messageId)
  const conversation = message && storage.findConversation(message.conversationId)
  // Of a stranger who waits nothing is loaded by itself: it would tell that, where and when they were read.
  if (conversation?.request === true) return false
  return storage.getSettings().linkPictures === 'always' || conversation?.alwaysLinkPictures === true
}

/** Runs at most so many at once; the others wait. */
function createTurns(most: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (task) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve))
    running += 1
    try {
      return await task()
    } finally {
      running -= 1
      waiting.shift()?.()
    }
  }
}

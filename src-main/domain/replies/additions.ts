/** What goes along with the words of an own message; a quote for others stands before them. */
import type { LinkCard } from '../../model/links.ts'
import { quoteFallback } from '../../protocol/message.ts'
import type { NewReply } from '../../storage/replies.types.ts'

interface Words {
  readonly body: string
  readonly reply?: NewReply | undefined
  readonly spoiler?: string | undefined
  readonly links?: readonly LinkCard[] | undefined
}

export function additionsOf({ body, reply, spoiler, links }: Words) {
  const quote = reply?.quote ?? ''
  return {
    body: quote + body,
    reply: reply && { id: reply.id, ...(reply.to === undefined ? {} : { to: reply.to }) },
    fallback: quote === '' ? undefined : quoteFallback(quote),
    spoiler,
    link: links?.[0],
  }
}

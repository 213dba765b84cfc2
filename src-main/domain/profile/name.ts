/** What we call ourselves: published to contacts (XEP-0172), and in the vCard where that is ours to keep. */
import { setOwnName } from '../../protocol/own-vcard.ts'
import { fetchNick, publishNick } from '../../protocol/xep-0172-nick.ts'
import type { Link } from '../link.ts'
import type { Tools } from '../tools.ts'
import { configFor, unlessMissing, waysOf } from './ways.ts'

/**
 * Empty takes it away. Rejects as Iq.request does; the vCard counts only where nothing can be published. A server that
 * converts (XEP-0398) would take the picture of a vCard that is set for a new one, and show it to everybody.
 */
export async function setName(tools: Tools, link: Link, name: string): Promise<void> {
  const { publishes, needsVCard } = await waysOf(link)
  if (!publishes) return setOwnName(link.iq, name, '')
  const before = (await unlessMissing(fetchNick(link.iq))) ?? ''
  await publishNick(link.iq, name, configFor('contacts'))
  if (!needsVCard) return
  await setOwnName(link.iq, name, before).catch((error: unknown) =>
    tools.log('domain/profile', 'info', 'the vCard has not got the name', { error }),
  )
}

/** Some days of history in Romeo's profile, written by Linnet's own storage as if he had used it then. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { BareJid } from '../../src-main/model/jid.ts'
import { openStorage } from '../../src-main/storage/index.ts'
import { DOMAIN, HISTORY } from './cast.ts'
import { ROMEO } from './stage.ts'

const DAY_MS = 86_400_000

/** `profile`: a folder that no Linnet uses now. */
export function writeHistory(profile: string, resource: string): void {
  const { storage } = openStorage({ file: join(profile, 'linnet.sqlite'), now: Date.now })
  const own = ROMEO as BareJid
  const account = storage.insertAccount({
    jid: own,
    enabled: true,
    resource,
    remember: true,
    security: 'automatic',
  })
  for (const [name, lines] of Object.entries(HISTORY)) {
    const counterpart = `${name}@${DOMAIN}` as BareJid
    const conversation = storage.insertConversation(account.id, counterpart, 0)
    for (const [daysAgo, clock, speaker, body] of lines) {
      storage.insertMessage({
        accountId: account.id,
        conversationId: conversation.id,
        direction: speaker === '' ? 'out' : 'in',
        sender: speaker === '' ? own : counterpart,
        body,
        sentAt: timeOf(daysAgo, clock),
        state: speaker === '' ? 'sent' : 'received',
        messageId: randomUUID(),
        unread: false,
      })
    }
  }
  storage.close()
}

function timeOf(daysAgo: number, clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return new Date(Date.now() - daysAgo * DAY_MS).setHours(hours, minutes, 0, 0)
}

/** A profile with a long conversation in it, written by Linnet's own storage before the application starts. */
import { join } from 'node:path'
import type { BareJid } from '../../src-main/model/jid.ts'
import { openStorage } from '../../src-main/storage/index.ts'

export const OWN = 'romeo@montague.example' as BareJid
export const COUNTERPART = 'juliet@capulet.example' as BareJid

const WORDS = 'but soft what light through yonder window breaks it is the east and juliet is the sun'.split(
  ' ',
)
const BLOCK = 1000

export interface LongHistory {
  readonly conversationId: number
  readonly accountId: number
}

/**
 * `count` messages, the n-th says `#n` and words, one each `stepMs`, the last one now. The account's server can't be reached.
 * `profile`: a folder that no Linnet uses now.
 */
export function writeLongHistory(profile: string, count: number, stepMs: number): LongHistory {
  const { storage } = openStorage({ file: join(profile, 'linnet.sqlite'), now: Date.now })
  const account = storage.insertAccount({
    ...{ jid: OWN, enabled: true, resource: 'test', remember: true, security: 'direct-tls' },
    ...{ host: '127.0.0.1', port: 9 },
  })
  const conversation = storage.insertConversation(account.id, COUNTERPART, 0)
  const start = Date.now() - count * stepMs
  for (let done = 0; done < count; done += BLOCK) {
    storage.transaction(() => {
      for (let nth = done + 1; nth <= Math.min(count, done + BLOCK); nth += 1) {
        const direction = nth % 3 === 0 ? 'out' : 'in'
        storage.insertMessage({
          ...{ accountId: account.id, conversationId: conversation.id, direction },
          sender: direction === 'out' ? OWN : COUNTERPART,
          body: `#${nth} ${wordsOf(nth)}`,
          sentAt: start + nth * stepMs,
          state: direction === 'out' ? 'sent' : 'received',
          messageId: `m${nth}`,
          unread: false,
        })
      }
    })
  }
  storage.close()
  return { conversationId: conversation.id, accountId: account.id }
}

/** Of one line mostly, of several now and then; always the same. */
function wordsOf(nth: number): string {
  const length = nth % 50 === 0 ? 150 : 1 + ((nth * 7919) % 40)
  return Array.from({ length }, (_, index) => WORDS[(nth + index * 3) % WORDS.length]).join(' ')
}

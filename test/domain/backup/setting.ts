/** A folder with a small profile in it, and what backs it up at a cost that tests can pay. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BareJid } from '../../../src-main/model/jid.ts'
import { openStorage } from '../../../src-main/storage/index.ts'
import { writeBackup, type BackupInput } from '../../../src-main/domain/backup/write.ts'

export const PASSWORD = 'correct horse'
export const OWN = 'romeo@montague.example' as BareJid
export const JULIET = 'juliet@capulet.example' as BareJid

export interface Ground {
  readonly folder: string
  readonly database: string
  readonly target: string
  readonly restored: string
  readonly secrets: string
  readonly roomSecrets: string
  remove(): void
}

export function createGround(): Ground {
  const folder = mkdtempSync(join(tmpdir(), 'linnet-backup-'))
  return {
    folder,
    database: join(folder, 'linnet.sqlite'),
    target: join(folder, 'kept.linnet-backup'),
    restored: join(folder, 'restored'),
    secrets: join(folder, 'secrets.json'),
    roomSecrets: join(folder, 'room-secrets.json'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** An account with a contact's words in it; the storage is closed again. */
export function fill(
  { database }: Ground,
  bodies: readonly string[],
  state: 'sent' | 'pending' = 'sent',
): void {
  const { storage } = openStorage({ file: database, now: Date.now })
  const account = storage.insertAccount({
    ...{ jid: OWN, enabled: true, resource: 'test', remember: true, security: 'automatic' },
  })
  const { id: conversationId } = storage.insertConversation(account.id, JULIET, 1)
  for (const [nth, body] of bodies.entries()) {
    storage.insertMessage({
      ...{ accountId: account.id, conversationId, direction: 'out', sender: OWN, body, state },
      ...{ sentAt: nth + 1, messageId: `m${nth}`, unread: false },
    })
  }
  storage.close()
}

export function bodiesIn(database: string): readonly (readonly [string, string])[] {
  const { storage } = openStorage({ file: database, now: Date.now })
  try {
    const { messages } = storage.pageMessages({ conversationId: 1, limit: 200 })
    return messages.map(({ body, state }) => [body, state] as const)
  } finally {
    storage.close()
  }
}

export function backUp(
  ground: Ground,
  change: Partial<BackupInput> = {},
  onProgress: (done: number) => void = () => undefined,
): Promise<void> {
  const { database, target } = ground
  return writeBackup(
    {
      ...{ database, target, copy: `${database}.copy`, password: PASSWORD, version: '0.5.0', createdAt: 0 },
      cost: { log2N: 14, r: 8, p: 1 },
      ...change,
    },
    onProgress,
  )
}

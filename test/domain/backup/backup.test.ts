/** Backups: what was backed up comes back; what was changed, cut off, or is another's is refused with nothing touched. */
import { existsSync, mkdirSync, readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CHUNK_BYTES, seal, unseal } from '../../../src-main/domain/backup/chunks.ts'
import { createHeader, HEADER_BYTES, openHeader } from '../../../src-main/domain/backup/header.ts'
import { checkBackup, readBackup } from '../../../src-main/domain/backup/read.ts'
import { takeRestored } from '../../../src-main/domain/backup/staged.ts'
import { openStorage } from '../../../src-main/storage/index.ts'
import { backUp, bodiesIn, createGround, fill, JULIET, OWN, PASSWORD, type Ground } from './setting.ts'

let ground: Ground
beforeEach(() => void (ground = createGround()))
afterEach(() => ground.remove())

function restore(source = ground.target, password = PASSWORD): void {
  readBackup({ source, folder: ground.restored, password, now: Date.UTC(2026, 0, 31) }, () => undefined)
}

describe('a round trip', () => {
  test('brings everything back, and keeps what was there', async () => {
    fill(ground, ['one', 'two'])
    await backUp(ground)
    const { storage } = openStorage({ file: ground.database, now: Date.now })
    storage.deleteAccount(1)
    storage.close()
    writeFileSync(ground.secrets, '{"of":"others"}')
    writeFileSync(ground.roomSecrets, '{"of":"rooms of others"}')
    restore()
    const replaced = takeRestored(ground)
    expect(bodiesIn(ground.database)).toEqual([
      ['one', 'sent'],
      ['two', 'sent'],
    ])
    // Passwords belong to the accounts that were here.
    expect(existsSync(ground.secrets)).toBe(false)
    expect(existsSync(ground.roomSecrets)).toBe(false)
    expect(readdirSync(replaced ?? '').sort()).toEqual(['linnet.sqlite', 'room-secrets.json', 'secrets.json'])
    expect(existsSync(ground.restored)).toBe(false)
    expect(takeRestored(ground)).toBeUndefined()
  })

  test('is of one moment, while Linnet goes on writing', async () => {
    fill(ground, ['one'])
    const { storage } = openStorage({ file: ground.database, now: Date.now })
    const done = backUp(ground)
    storage.insertMessage({
      ...{ accountId: 1, conversationId: 1, direction: 'out', sender: OWN, body: 'meanwhile', state: 'sent' },
      ...{ sentAt: 5, messageId: 'm', unread: false },
    })
    await done
    storage.close()
    restore()
    takeRestored(ground)
    expect(bodiesIn(ground.database)[0]).toEqual(['one', 'sent'])
  })

  test('sends nothing again: what waited has failed, what was scheduled is a draft', async () => {
    fill(ground, ['waiting'], 'pending')
    const { storage } = openStorage({ file: ground.database, now: Date.now })
    storage.setDraft(1, 'half a')
    storage.insertScheduled({ ...{ accountId: 1, conversationId: 1, body: 'later' }, dueAt: 5 })
    storage.close()
    await backUp(ground)
    restore()
    takeRestored(ground)
    expect(bodiesIn(ground.database)).toEqual([['waiting', 'failed']])
    const again = openStorage({ file: ground.database, now: Date.now }).storage
    expect(again.findConversationWith(1, JULIET)?.draft).toBe('half a\nlater')
    expect(again.listScheduled()).toEqual([])
    again.close()
  })

  test('holds no word in the clear, and no file but the backup is left', async () => {
    fill(ground, [
      'a very special word',
      ...Array.from({ length: 150 }, () => 'a very special word '.repeat(100)),
    ])
    await backUp(ground)
    const file = readFileSync(ground.target)
    expect(file.length).toBeGreaterThan(3 * CHUNK_BYTES)
    for (const word of ['special', 'SQLite', OWN, 'linnet-profile']) expect(file.includes(word)).toBe(false)
    expect(readdirSync(ground.folder).filter((name) => /part|copy/.test(name))).toEqual([])
  })

  test('of the same profile is another file each time', async () => {
    fill(ground, ['one'])
    await backUp(ground)
    const first = readFileSync(ground.target)
    await backUp(ground)
    expect(readFileSync(ground.target).subarray(18, 200).equals(first.subarray(18, 200))).toBe(false)
  })
})

describe('refused, with nothing touched, is', () => {
  beforeEach(async () => {
    fill(ground, ['here'])
    await backUp(ground)
  })
  afterEach(() => {
    expect(existsSync(ground.restored)).toBe(false)
    expect(takeRestored(ground)).toBeUndefined()
    expect(bodiesIn(ground.database)).toEqual([['here', 'sent']])
  })

  test('a wrong password', () => {
    expect(() => restore(ground.target, 'correct hors')).toThrow('password')
  })

  test.each([
    ['a picture', Buffer.from('89504e470d0a1a0a', 'hex')],
    ['an empty file', Buffer.alloc(0)],
    ['a database', Buffer.from('SQLite format 3\0'.padEnd(4096, '\0'))],
    ['a backup that went through a transfer as text', Buffer.from('LinnetBackup\n\u001a\n'.padEnd(200, 'x'))],
  ])('%s', (_what, bytes) => {
    const file = join(ground.folder, 'other')
    writeFileSync(file, bytes)
    expect(() => checkBackup(file)).toThrow('foreign')
    expect(() => restore(file)).toThrow('foreign')
  })

  test('a backup of a later Linnet', () => {
    const file = readFileSync(ground.target)
    file.writeUInt16BE(2, 16)
    writeFileSync(ground.target, file)
    expect(() => checkBackup(ground.target)).toThrow('newer')
    expect(() => restore()).toThrow('newer')
  })

  test('a password that would cost the memory of this computer', () => {
    const file = readFileSync(ground.target)
    for (const [at, value] of [
      [18, 31],
      [18, 1],
      [19, 255],
      [20, 255],
    ] as const) {
      const changed = Buffer.from(file)
      changed[at] = value
      writeFileSync(ground.target, changed)
      expect(() => checkBackup(ground.target)).toThrow('damaged')
    }
  })

  test('a byte that was changed, anywhere', () => {
    const file = readFileSync(ground.target)
    const places = [
      0,
      17,
      25,
      55,
      70,
      91,
      92,
      93,
      150,
      Math.floor(file.length / 2),
      file.length - 17,
      file.length - 1,
    ]
    for (const at of places) {
      const changed = Buffer.from(file)
      changed[at] = (changed[at] ?? 0) ^ 1
      writeFileSync(ground.target, changed)
      expect(() => restore(), `byte ${at}`).toThrow()
      expect(existsSync(ground.restored), `byte ${at}`).toBe(false)
    }
  })

  test('a file that was cut off, anywhere, or continued', () => {
    const file = readFileSync(ground.target)
    const chunk = CHUNK_BYTES + 16
    for (const length of [5, 91, 92, 100, 92 + chunk, 92 + chunk - 1, 92 + 2 * chunk, file.length - 1]) {
      writeFileSync(ground.target, file)
      truncateSync(ground.target, length)
      expect(() => restore(), `cut to ${length}`).toThrow()
    }
    writeFileSync(ground.target, Buffer.concat([file, Buffer.alloc(1)]))
    expect(() => restore()).toThrow('damaged')
  })
})

describe('chunks', () => {
  const header = createHeader('x', { log2N: 14, r: 8, p: 1 })
  const parts = (length: number) => [Buffer.alloc(length, 7)]
  const open = (sealed: readonly Buffer[]) => Buffer.concat([...unseal(sealed, header)])

  test.each([0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])(
    'of %i bytes come back',
    (length) => {
      expect(open([...seal(parts(length), header)])).toEqual(Buffer.alloc(length, 7))
    },
  )

  test('left out, doubled or exchanged are noticed', () => {
    const [first, second, last] = [...seal(parts(3 * CHUNK_BYTES), header)] as [Buffer, Buffer, Buffer]
    for (const wrong of [
      [],
      [first],
      [first, second],
      [first, last],
      [second, first, last],
      [first, first, second, last],
    ]) {
      expect(() => open(wrong)).toThrow('damaged')
    }
    expect(open([first, second, last])).toHaveLength(3 * CHUNK_BYTES)
  })

  test('S: every bit of a small one counts', () => {
    const [only] = [...seal(parts(9), header)] as [Buffer]
    for (let bit = 0; bit < only.length * 8; bit++) {
      const changed = Buffer.from(only)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(() => open([changed])).toThrow('damaged')
    }
  })

  test('of another file do not fit', () => {
    const other = createHeader('x', { log2N: 14, r: 8, p: 1 })
    expect(() => open([...seal(parts(9), other)])).toThrow('damaged')
  })

  test('the password is the same however it was typed', () => {
    const made = createHeader('pässword', { log2N: 14, r: 8, p: 1 })
    expect(openHeader(made.bytes, 'pa\u0308ssword').keys.encryption).toEqual(made.keys.encryption)
    expect(made.bytes).toHaveLength(HEADER_BYTES)
  })
})

describe('ended in the middle', () => {
  test('a restore leaves a folder that the next start throws away', () => {
    fill(ground, ['here'])
    mkdirSync(ground.restored)
    writeFileSync(join(ground.restored, 'database.sqlite'), 'half')
    expect(takeRestored(ground)).toBeUndefined()
    expect(existsSync(ground.restored)).toBe(false)
    expect(bodiesIn(ground.database)).toEqual([['here', 'sent']])
  })

  test('the exchange goes on at the next start, wherever it was', async () => {
    fill(ground, ['kept'])
    await backUp(ground)
    restore()
    // As if the old database had just been moved away.
    const folder = `${ground.database}.replaced-20260131T000000Z`
    mkdirSync(folder)
    writeFileSync(`${ground.database}-wal`, 'of the old one')
    expect(takeRestored(ground)).toBe(folder)
    expect(readdirSync(folder)).toContain('linnet.sqlite-wal')
    expect(bodiesIn(ground.database)).toEqual([['kept', 'sent']])
    // As if only the folder had been left.
    mkdirSync(ground.restored)
    writeFileSync(join(ground.restored, 'ready'), '20260131T000000Z')
    takeRestored(ground)
    expect(bodiesIn(ground.database)).toEqual([['kept', 'sent']])
  })
})

/** A private Prosody with an archive: messages of several people to "romeo", who was there to get them on another device. */
import Sqlite, { type Database } from 'better-sqlite3'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { startProsody, type Prosody } from '../helpers/prosody.ts'
import { connectBare } from './bare-client.ts'

export const OWNER = 'romeo'
export const PASSWORD = 'secret'
const SENDERS = 10
const WORDS = 'but soft what light through yonder window breaks it is the east'.split(' ')
const TEMPLATE = 'template'
const TEMPLATE_ID = /template-id-\d+/g
const DATABASE = 'archive.sqlite'
/** So many messages came in one second: servers stamp in whole ones. */
const PER_SECOND = 3
/** Seconds; long enough ago that none of them lies in the future. */
const STARTS_AT = Math.floor(Date.now() / 1000) - 12 * 3600

export interface ArchiveServer extends Prosody {
  /**
   * So many more messages in the owner's archive, the last one's body is `last`. They are written into the server's
   * database in the likeness of real ones, while it is down: to send as many would take a quarter of an hour.
   */
  fill(count: number, last: string): Promise<void>
}

export async function startArchiveServer(): Promise<ArchiveServer> {
  const server = await startProsody({ extraConfig: CONFIG })
  server.addUser(OWNER, PASSWORD)
  for (let index = 0; index < SENDERS; index += 1) server.addUser(senderName(index), PASSWORD)
  const contacts = Array.from({ length: SENDERS }, (_, index) => ({
    jid: `${senderName(index)}@${server.domain}`,
  }))
  server.setRoster(OWNER, contacts)
  await sendOneOfEach(server)
  await server.stop()
  const templates = inDatabase(server, takeTemplates)
  await server.start()
  let filled = 0
  return {
    ...server,
    async fill(count, last) {
      await server.stop()
      inDatabase(server, (db) => writeRows(db, templates, { count, last, filled }))
      filled += count
      await server.start()
    },
  }
}

// Offline messages are left out: they would come beside the archive, and what is measured is the archive. Prosody's own
// files search a page's start from the beginning each time, which makes a long archive slow for any client: hence SQLite.
const CONFIG = `
modules_disabled = { "s2s"; "offline" }
default_storage = "internal"
storage = { archive = "sql" }
sql = { driver = "SQLite3"; database = "${DATABASE}" }
`

export const senderName = (index: number): string => `sender${index}`

async function sendOneOfEach(server: Prosody): Promise<void> {
  const device = await connectBare(server, OWNER, PASSWORD)
  const arrived = device.awaitMessages(SENDERS)
  for (let index = 0; index < SENDERS; index += 1) {
    const sender = await connectBare(server, senderName(index), PASSWORD)
    await sender.write(toStanza(server, `template-id-${index}`, TEMPLATE))
    sender.close()
  }
  await arrived
  device.close()
}

/** A row of the server's table, as far as it differs from message to message. */
interface Row {
  readonly host: string
  readonly user: string
  readonly store: string
  readonly type: string
  readonly with: string
  readonly value: string
}

function inDatabase<T>(server: Prosody, body: (db: Database) => T): T {
  const db = new Sqlite(join(server.folder, 'data', DATABASE))
  try {
    return db.transaction(() => body(db))()
  } finally {
    db.close()
  }
}

function takeTemplates(db: Database): readonly Row[] {
  const rows = db
    .prepare<[string], Row>(
      'SELECT host, "user", store, type, "with", value FROM prosodyarchive WHERE "user" = ?',
    )
    .all(OWNER)
  db.exec('DELETE FROM prosodyarchive')
  return rows
}

function writeRows(
  db: Database,
  templates: readonly Row[],
  { count, last, filled }: { readonly count: number; readonly last: string; readonly filled: number },
): void {
  const insert = db.prepare(
    `INSERT INTO prosodyarchive (host, "user", store, "key", "when", "with", type, value)
     VALUES (:host, :user, :store, :key, :when, :with, :type, :value)`,
  )
  for (let index = 0; index < count; index += 1) {
    const template = templates[index % SENDERS]
    if (template === undefined) throw new Error('the server archived nothing')
    const body = index + 1 === count ? last : wordsOf(filled + index)
    const value = template.value.replaceAll(TEMPLATE_ID, randomUUID()).replace(TEMPLATE, body)
    const when = STARTS_AT + Math.floor((filled + index) / PER_SECOND)
    insert.run({ ...template, key: randomUUID(), when, value })
  }
}

export function toStanza(server: Prosody, id: string, body: string): string {
  return (
    `<message to='${OWNER}@${server.domain}' type='chat' id='${id}'><body>${body}</body>` +
    `<origin-id xmlns='urn:xmpp:sid:0' id='${id}'/></message>`
  )
}

function wordsOf(index: number): string {
  return WORDS.map((word, place) => `${word}${(index >> place) & 7}`).join(' ')
}

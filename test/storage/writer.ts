/**
 * A second process for faults.test.ts: `writer.ts FILE` opens the database, says "open" or the error's code, and then
 * writes messages for as long as it lives, saying each one's id once it is stored.
 */
import { openStorage } from '../../src-main/storage/index.ts'
import { StorageError } from '../../src-main/storage/storage.ts'
import { received, withConversation } from './samples.ts'

const [, , file = ''] = process.argv

try {
  const { storage } = openStorage({ file, now: Date.now })
  process.stdout.write('open\n')
  const conversation = withConversation(storage)
  const write = (): void => {
    const message = storage.insertMessage(received(conversation, { unread: true, body: 'x'.repeat(500) }))
    process.stdout.write(`${message?.id}\n`)
    setImmediate(write)
  }
  write()
} catch (error) {
  process.stdout.write(error instanceof StorageError ? `${error.code}\n` : `${String(error)}\n`)
}

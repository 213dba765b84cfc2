/**
 * What follows the header: chunks of 64 KiB, each sealed with AES-256-GCM under its number and whether it is the last one, so that none
 * can be changed, moved, left out or cut off (docs/backup.md).
 */
import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { Header, Keys } from './header.ts'
import { BackupRefused } from './refused.ts'

export const CHUNK_BYTES = 64 * 1024
const TAG_BYTES = 16
export const SEALED_BYTES = CHUNK_BYTES + TAG_BYTES

type Opened = Header & { readonly keys: Keys }

/** Cuts what comes in any sizes into chunks; the last one may be empty. */
export function* seal(plain: Iterable<Buffer>, header: Opened): Generator<Buffer> {
  let rest = Buffer.alloc(0)
  let number = 0
  for (const part of plain) {
    rest = Buffer.concat([rest, part])
    // A full one is kept back: it may be the last.
    while (rest.length > CHUNK_BYTES) {
      yield sealOne(rest.subarray(0, CHUNK_BYTES), header, number++, false)
      rest = rest.subarray(CHUNK_BYTES)
    }
  }
  yield sealOne(rest, header, number, true)
}

function sealOne(plain: Buffer, header: Opened, number: number, isLast: boolean): Buffer {
  const cipher = createCipheriv('aes-256-gcm', header.keys.encryption, nonceOf(header, number, isLast))
  cipher.setAAD(header.bytes)
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** `sealed`: of SEALED_BYTES each, the last one at most as long. Throws BackupRefused 'damaged'. */
export function* unseal(sealed: Iterable<Buffer>, header: Opened): Generator<Buffer> {
  let held: Buffer | undefined
  let number = 0
  for (const chunk of sealed) {
    if (held !== undefined) yield openOne(held, header, number++, false)
    held = chunk
  }
  if (held === undefined) throw new BackupRefused('damaged')
  yield openOne(held, header, number, true)
}

function openOne(sealed: Buffer, header: Opened, number: number, isLast: boolean): Buffer {
  if (sealed.length < TAG_BYTES) throw new BackupRefused('damaged')
  const nonce = nonceOf(header, number, isLast)
  const decipher = createDecipheriv('aes-256-gcm', header.keys.encryption, nonce, {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(header.bytes)
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()])
  } catch {
    throw new BackupRefused('damaged')
  }
}

/** Seven bytes of the file, four of the number, one that says whether it is the last: 2 to the 48 bytes in all. */
function nonceOf({ noncePrefix }: Header, number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  noncePrefix.copy(nonce)
  nonce.writeUInt32BE(number, 7)
  nonce[11] = isLast ? 1 : 0
  return nonce
}

/** Files that the user picks, on a real disk. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readTextFile, replaceFile } from '../../src-main/shell/text-file.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'linnet-file-'))))
afterEach(() => rmSync(folder, { recursive: true }))

test('text is read up to the bound and not beyond', async () => {
  const file = join(folder, 'a.json')
  writeFileSync(file, '家'.repeat(10))
  expect(await readTextFile(file, 30)).toEqual({ kind: 'text', text: '家'.repeat(10) })
  expect(await readTextFile(file, 29)).toEqual({ kind: 'refused', reason: 'too-large' })
})

test.each([
  ['a file that is not there', 'nowhere.json'],
  ['a folder', '.'],
])('%s is unreadable', async (_what, name) => {
  expect(await readTextFile(join(folder, name), 100)).toEqual({ kind: 'refused', reason: 'unreadable' })
})

test('a device that never ends is no file', async () => {
  expect(await readTextFile('/dev/zero', 100)).toEqual({ kind: 'refused', reason: 'unreadable' })
})

test('writing replaces the whole file, for the user’s eyes alone', async () => {
  const file = join(folder, 'a.json')
  writeFileSync(file, 'before')
  await replaceFile(file, 'after')
  expect(readFileSync(file, 'utf8')).toBe('after')
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['a.json'])
})

test('what can’t be written is told by its code and leaves nothing behind', async () => {
  await expect(replaceFile(join(folder, 'no', 'a.json'), 'x')).rejects.toMatchObject({
    data: { code: 'file-not-written', detail: 'ENOENT' },
  })
})

/** kill -9 and a full disk in the middle of a backup and of a restore: what was there before is there after. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, symlinkSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readBackup } from '../../../src-main/domain/backup/read.ts'
import { takeRestored } from '../../../src-main/domain/backup/staged.ts'
import { backUp, bodiesIn, createGround, fill, PASSWORD, type Ground } from './setting.ts'

/** Each starts a process that compiles what it runs. */
const SLOW_MS = 300_000

const script = fileURLToPath(new URL('./process.ts', import.meta.url))

let ground: Ground
beforeEach(async () => {
  ground = createGround()
  fill(
    ground,
    Array.from({ length: 100 }, (_none, nth) => `${nth} ${'words '.repeat(2000)}`),
  )
  await backUp(ground)
})
afterEach(() => ground.remove())

function runUntil(kind: 'write' | 'read', at: number): void {
  const { database, folder, target, restored, secrets, roomSecrets } = ground
  const told = JSON.stringify({
    kind,
    at,
    ground: { database, folder, target, restored, secrets, roomSecrets },
  })
  const { signal } = spawnSync(process.execPath, ['--import', 'tsx', script, told], { stdio: 'inherit' })
  expect(signal).toBe('SIGKILL')
}

test.each([0.2, 0.6, 0.95])(
  'a backup that dies at %f leaves the last one as it was',
  { timeout: SLOW_MS },
  async (at) => {
    const before = readFileSync(ground.target)
    runUntil('write', at)
    expect(readFileSync(ground.target).equals(before)).toBe(true)
    expect(bodiesIn(ground.database)).toHaveLength(100)
    // And the next one needs nobody to clean up.
    await backUp(ground)
    expect(readdirSync(ground.folder).filter((name) => /part|copy/.test(name))).toEqual([])
  },
)

test.each([0.1, 0.5, 0.89])('a restore that dies at %f changes nothing', { timeout: SLOW_MS }, (at) => {
  runUntil('read', at)
  expect(takeRestored(ground)).toBeUndefined()
  expect(existsSync(ground.restored)).toBe(false)
  expect(bodiesIn(ground.database)).toHaveLength(100)
  readBackup({ source: ground.target, folder: ground.restored, password: PASSWORD, now: 0 }, () => undefined)
  expect(takeRestored(ground)).toBeDefined()
  expect(bodiesIn(ground.database)).toHaveLength(100)
})

test.runIf(process.platform === 'linux')(
  'a full disk says so and leaves the last one as it was',
  async () => {
    const before = readFileSync(ground.target)
    symlinkSync('/dev/full', `${ground.target}.part`)
    await expect(backUp(ground)).rejects.toMatchObject({ code: 'ENOSPC' })
    expect(readFileSync(ground.target).equals(before)).toBe(true)
    expect(existsSync(`${ground.target}.part`)).toBe(false)
  },
)

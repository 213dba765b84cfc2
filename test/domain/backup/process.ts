/** A backup or a restore that ends itself with kill -9 once it has come so far; see killed.test.ts. */
import { readBackup } from '../../../src-main/domain/backup/read.ts'
import { PASSWORD, backUp, type Ground } from './setting.ts'

const { kind, ground, at } = JSON.parse(process.argv[2] ?? '') as {
  kind: 'write' | 'read'
  ground: Omit<Ground, 'remove'>
  at: number
}

function dieAt(done: number): void {
  if (done >= at) process.kill(process.pid, 'SIGKILL')
}

const whole: Ground = { ...ground, remove: () => undefined }
if (kind === 'write') await backUp(whole, {}, dieAt)
else readBackup({ source: ground.target, folder: ground.restored, password: PASSWORD, now: 0 }, dieAt)

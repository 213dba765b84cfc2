/** Moves a damaged database out of the way, whole, so that it can still be rescued by hand. */
import { existsSync, renameSync } from 'node:fs'

// The write-ahead log holds the latest messages; under the same new name SQLite's own tools still find it.
const SIDE_FILES = ['-wal', '-shm', '-journal'] as const

/** Returns where it lies now: `<file>.damaged-20260131T235959Z`. `now` in epoch milliseconds. */
export function setAsideDatabase(file: string, now: number): string {
  const target = freeName(`${file}.damaged-${timestamp(now)}`)
  for (const suffix of SIDE_FILES) {
    if (existsSync(file + suffix)) renameSync(file + suffix, target + suffix)
  }
  renameSync(file, target)
  return target
}

function timestamp(now: number): string {
  return new Date(now).toISOString().replace(/\.\d+/, '').replace(/[-:]/g, '')
}

function freeName(wanted: string): string {
  let name = wanted
  for (let copy = 2; existsSync(name); copy += 1) name = `${wanted}-${copy}`
  return name
}

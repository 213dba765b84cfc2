/** Cached results that several processes may want at the same time. */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a folder once: `build` fills a temporary folder beside it, which takes its place when it is whole.
 * Two processes may build at the same time; the first to end wins and the other's work is dropped.
 * @param {string} folder
 * @param {(temporary: string) => Promise<void>} build
 */
export async function buildOnce(folder, build) {
  if (existsSync(folder)) return folder
  mkdirSync(dirname(folder), { recursive: true })
  const temporary = mkdtempSync(`${folder}.part-`)
  try {
    await build(temporary)
    if (!existsSync(folder)) renameSync(temporary, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
  return folder
}

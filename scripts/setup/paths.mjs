/** Where the project and its cache are. The cache lies outside the clone, so that a fresh clone finds it warm. */
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '..', '..')

/**
 * A path inside Linnet's cache: $LINNET_CACHE, else $XDG_CACHE_HOME/linnet, else ~/.cache/linnet.
 * @param {...string} parts
 */
export function cachePath(...parts) {
  const { LINNET_CACHE, XDG_CACHE_HOME } = process.env
  const base = LINNET_CACHE || join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'linnet')
  return join(base, ...parts)
}

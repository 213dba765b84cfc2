/** Whether this build has a channel that updates come by, and can use it. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { UpdateState } from '../../model/about.ts'

/**
 * The file with the channel's address is written when Linnet is packaged with one, see docs/packaging.md. On Linux only an
 * AppImage, a .deb and an .rpm know what they are; a plain folder is updated by whoever put it there.
 */
export function whyUnavailable(
  packaged: boolean,
  resources: string,
  {
    platform,
    env,
  }: { readonly platform: string; readonly env: Readonly<Record<string, string | undefined>> },
): Extract<UpdateState, { kind: 'unavailable' }>['why'] | undefined {
  if (!packaged) return 'development'
  const has = (file: string): boolean => existsSync(join(resources, file))
  const known = platform !== 'linux' || env['APPIMAGE'] !== undefined || has('package-type')
  return known && has('app-update.yml') ? undefined : 'no-channel'
}

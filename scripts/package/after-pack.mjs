/** Run by electron-builder before it makes installers: Electron's own default app has no place in ours. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'

/** @param {{ packager: { getResourcesDir(folder: string): string }, appOutDir: string }} context */
export default function afterPack({ packager, appOutDir }) {
  rmSync(join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true })
}

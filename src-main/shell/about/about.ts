/** What Linnet tells of itself: versions, licences of what it is made of, a report for whoever helps. */
import { app as electron } from 'electron'
import { readFile } from 'node:fs/promises'
import { release } from 'node:os'
import { dirname, join } from 'node:path'
import type { Environment } from '../../contract/snapshot.ts'
import type { App } from '../../domain/app.types.ts'
import type { Licence, Versions } from '../../model/about.ts'
import type { Paths } from '../paths.ts'
import { writeReport } from './report.ts'

export interface About {
  versions(): Versions
  /** By name, each package once. */
  licences(): Promise<readonly Licence[]>
  report(addresses: boolean): Promise<string>
}

export interface AboutOptions {
  readonly app: Pick<App, 'state'>
  readonly paths: Pick<Paths, 'renderer'>
  readonly logFile: string
  readonly environment: () => Environment
}

export function createAbout({ app, paths, logFile, environment }: AboutOptions): About {
  const versions = (): Versions => {
    const { electron: runtime, chrome, node } = process.versions
    return { linnet: electron.getVersion(), electron: runtime, chromium: chrome, node, logFile }
  }
  return {
    versions,
    licences: async () => {
      const files = [
        join(dirname(paths.renderer), 'main', 'licences.json'),
        join(paths.renderer, 'licences.json'),
      ]
      const all = (await Promise.all(files.map(readLicences))).flat()
      const unique = new Map(all.map((one) => [`${one.name}@${one.version}`, one]))
      return [...unique.values()].sort((a, b) => a.name.localeCompare(b.name))
    },
    report: async (addresses) =>
      writeReport({
        state: app.state(),
        environment: environment(),
        versions: versions(),
        system: `${process.platform} ${release()} ${process.arch}`,
        log: await readFile(logFile, 'utf8').catch(() => ''),
        addresses,
      }),
  }
}

/** The build writes them; a development build that was never made has none. */
async function readLicences(file: string): Promise<readonly Licence[]> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as readonly Licence[]
  } catch {
    return []
  }
}

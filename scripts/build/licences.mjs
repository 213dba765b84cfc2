/** Notes, while a part of Linnet is bundled, which packages went into it and under which licences: `licences.json` beside it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * @typedef {object} Licence
 * @property {string} name
 * @property {string} version
 * @property {string} licence SPDX, as the package says
 * @property {string} text what its licence file says; empty when it has none
 */

/**
 * What a package says of itself; undefined for a folder that is none.
 * @param {string} folder
 * @returns {Licence | undefined}
 */
export function licenceOf(folder) {
  const manifest = join(folder, 'package.json')
  if (!existsSync(manifest)) return undefined
  const { name, version, license } = JSON.parse(readFileSync(manifest, 'utf8'))
  if (typeof name !== 'string' || typeof version !== 'string') return undefined
  const file = readdirSync(folder).find((one) => /^(licen[cs]e|copying)/i.test(one))
  const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim()
  return { name, version, licence: typeof license === 'string' ? license : 'see text', text }
}

/**
 * The folder of the package that a module is of.
 * @param {string} id as the bundler has it
 */
export function packageFolder(id) {
  const path = id.replace(/^\0/, '').replace(/\?.*$/, '').replaceAll('\\', '/')
  const match = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)
  return match?.[1]
}

/**
 * @param {Iterable<string>} ids modules of a bundle
 * @param {readonly string[]} [beside] folders of packages that are shipped but not bundled
 * @returns {Licence[]} by name
 */
export function licencesOf(ids, beside = []) {
  const folders = new Set([...beside, ...[...ids].flatMap((id) => packageFolder(id) ?? [])])
  const all = [...folders].flatMap((folder) => licenceOf(folder) ?? [])
  return all.sort((a, b) => a.name.localeCompare(b.name) || a.version.localeCompare(b.version))
}

/**
 * @param {{ root: string, beside?: readonly string[] }} options `beside`: names of packages that are shipped but not bundled
 * @returns {import('vite').Plugin}
 */
export function noteLicences({ root, beside = [] }) {
  return {
    name: 'licences',
    apply: 'build',
    generateBundle() {
      const folders = beside
        .map((name) => join(root, 'node_modules', name))
        .filter((one) => existsSync(dirname(one)))
      const source = JSON.stringify(licencesOf(this.getModuleIds(), folders))
      this.emitFile({ type: 'asset', fileName: 'licences.json', source })
    },
  }
}

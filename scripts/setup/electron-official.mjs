/** The official Electron download (GitHub, or the mirror that ELECTRON_MIRROR names), checked by its checksum. */
import { createWriteStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { buildOnce } from './once.mjs'
import { cachePath, root } from './paths.mjs'
import { withProgress } from './progress.mjs'

const connectTimeoutMs = 8000
const stallTimeoutMs = 60_000

const folder = (/** @type {string} */ version) =>
  cachePath('electron', `${version}-${process.platform}-${process.arch}`)

/** @param {string} version */
export function isOfficialCached(version) {
  return existsSync(folder(version))
}

/**
 * Downloads and unpacks a version, or finds it in the cache. Fails fast where the host can't be reached.
 * @param {string} version
 * @returns {Promise<string>} the distribution's folder
 */
export async function downloadOfficial(version) {
  return buildOnce(folder(version), async (temporary) => {
    const { downloadArtifact } = await import('@electron/get')
    const { extract } = await import('@electron-internal/extract-zip')
    const checksums = JSON.parse(readFileSync(join(root, 'node_modules/electron/checksums.json'), 'utf8'))
    const zip = await withProgress(`Downloading Electron ${version}`, (note) =>
      downloadArtifact({
        version,
        artifactName: 'electron',
        platform: process.platform,
        arch: process.arch,
        checksums,
        cacheRoot: cachePath('electron-zip'),
        downloader: { download: (url, target) => download(url, target, note) },
      }),
    )
    await withProgress('Unpacking Electron', () => extract(zip, { dir: temporary }))
  })
}

/**
 * @param {string} url
 * @param {string} target
 * @param {(text: string) => void} note
 */
async function download(url, target, note) {
  const stop = new AbortController()
  const giveUp = () => stop.abort(new Error(`no answer from ${new URL(url).host}`))
  let timer = setTimeout(giveUp, connectTimeoutMs)
  try {
    const response = await fetch(url, { signal: stop.signal })
    if (!response.ok || !response.body) throw new Error(`${new URL(url).host} answered ${response.status}`)
    const total = Number(response.headers.get('content-length') ?? 0)
    let done = 0
    const count = new Transform({
      transform(chunk, _encoding, next) {
        clearTimeout(timer)
        timer = setTimeout(giveUp, stallTimeoutMs)
        done += chunk.length
        note(describe(done, total))
        next(null, chunk)
      },
    })
    const body = Readable.fromWeb(/** @type {import('node:stream/web').ReadableStream} */ (response.body))
    await pipeline(body, count, createWriteStream(target))
  } finally {
    clearTimeout(timer)
  }
}

/**
 * A progress bar such as `[########            ] 42 of 110 MB`.
 * @param {number} done bytes
 * @param {number} total bytes, 0 when unknown
 */
function describe(done, total) {
  const megabytes = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(0)
  if (total === 0) return `${megabytes(done)} MB`
  const filled = Math.floor((done / total) * 20)
  return `[${'#'.repeat(filled).padEnd(20)}] ${megabytes(done)} of ${megabytes(total)} MB`
}

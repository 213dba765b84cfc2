/**
 * `node scripts/icons.mjs`: draws assets/icons from the SVG sources in assets/. Run it after a change to a source and
 * commit what it writes; nothing else needs it.
 */
import { Resvg } from '@resvg/resvg-js'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const assets = join(import.meta.dirname, '..', 'assets')
const out = join(assets, 'icons')

const APP_SIZES = [16, 24, 32, 48, 64, 96, 128, 256, 512, 1024]
const PRESENCES = ['online', 'chat', 'away', 'xa', 'dnd', 'offline']

/** Pixels at scale 1, and the scales for which the system picks a file of its own by its suffix. */
const TRAYS = {
  linux: { size: 32, scales: [1, 2], bird: 'bird' },
  windows: { size: 16, scales: [1, 1.25, 1.5, 2], bird: 'bird' },
  mac: { size: 18, scales: [1, 2], bird: 'bird-template' },
}
const BADGE = { x: 25, y: 25, radius: 8.4 }
const UNREAD = { x: 25.5, y: 6.5, radius: 7.2 }

await rm(out, { recursive: true, force: true })
const app = await readFile(join(assets, 'linnet.svg'), 'utf8')
for (const size of APP_SIZES) await draw(app, size, join(out, 'app', `${size}x${size}.png`))
for (const [system, { size, scales, bird }] of Object.entries(TRAYS)) {
  for (const presence of PRESENCES) {
    for (const unread of [false, true]) {
      const svg = await composeTray(bird, presence, unread, system === 'mac')
      const name = unread ? `${presence}-unread` : presence
      for (const scale of scales) {
        const suffix = scale === 1 ? '' : `@${scale}x`
        await draw(svg, size * scale, join(out, 'tray', system, `${name}${suffix}.png`))
      }
    }
  }
}

/**
 * The bird with a gap cut around each badge, so that they stay apart on any panel.
 * @param {string} bird
 * @param {string} presence
 * @param {boolean} unread
 * @param {boolean} isTemplate
 */
async function composeTray(bird, presence, unread, isTemplate) {
  const gaps = unread ? [BADGE, UNREAD] : [BADGE]
  const holes = gaps
    .map(({ x, y, radius }) => `<circle cx="${x}" cy="${y}" r="${radius}" fill="#000"/>`)
    .join('')
  const mask = `<mask id="gaps"><rect width="32" height="32" fill="#fff"/>${holes}</mask>`
  const badge = await inner(presence)
  const dot = unread ? await inner('unread') : ''
  const marks = isTemplate ? template(badge + dot) : badge + dot
  const body = presence === 'offline' ? calm(await inner(bird)) : await inner(bird)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${mask}<g mask="url(#gaps)">${body}</g>${marks}</svg>`
}

/** @param {string} name of a file in assets/tray */
async function inner(name) {
  const source = await readFile(join(assets, 'tray', `${name}.svg`), 'utf8')
  return source.slice(source.indexOf('>', source.indexOf('<svg')) + 1, source.lastIndexOf('</svg>'))
}

/**
 * Offline, the breast has no colour either.
 * @param {string} svg
 */
function calm(svg) {
  return svg.replace('fill="#d23c56"', 'fill="#857870"')
}

/**
 * Black and alpha alone: what is white in colour becomes a hole.
 * @param {string} svg
 */
function template(svg) {
  const holes = [...svg.matchAll(/<rect[^>]*class="cut"\/>/g)].map(([hole]) => hole)
  const solid = holes.reduce((rest, hole) => rest.replace(hole, ''), svg).replace(/#[0-9a-f]{6}/g, '#000000')
  if (holes.length === 0) return solid
  const cut = holes.map((hole) => hole.replace('#fff', '#000')).join('')
  return `<mask id="cut"><rect width="32" height="32" fill="#fff"/>${cut}</mask><g mask="url(#cut)">${solid}</g>`
}

/**
 * @param {string} svg
 * @param {number} width pixels
 * @param {string} file
 */
async function draw(svg, width, file) {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(
    file,
    new Resvg(svg, { fitTo: { mode: 'width', value: Math.round(width) } }).render().asPng(),
  )
}

/** Says what is going on while setup works: a live line on a terminal, a line now and then in a log. */

const seconds = (/** @type {number} */ since) => `${((Date.now() - since) / 1000).toFixed(0)} s`

/**
 * Runs work under a label. Nothing is printed for work under a second; longer work shows that it goes on.
 * `note` given to the work changes what the line says ("42 of 190 MB").
 * @template T
 * @param {string} label
 * @param {(note: (text: string) => void) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withProgress(label, work) {
  const start = Date.now()
  const live = process.stderr.isTTY === true && !process.env.CI
  let note = ''
  let shown = false
  const show = () => {
    shown = true
    const line = `${label} ${note} (${seconds(start)})`.replace('  ', ' ')
    process.stderr.write(live ? `\r\x1b[K${line}` : `${line}\n`)
  }
  const first = setTimeout(show, 1000)
  const again = setInterval(show, live ? 500 : 20_000)
  try {
    return await work((text) => (note = text))
  } finally {
    clearTimeout(first)
    clearInterval(again)
    if (shown) process.stderr.write(`${live ? '\r\x1b[K' : ''}${label} took ${seconds(start)}\n`)
  }
}

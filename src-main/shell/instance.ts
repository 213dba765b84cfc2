/**
 * One instance a profile. What a second start or the system brings (a link, a file of accounts) goes to the first one as
 * data; before that is ready it waits.
 */
import { app } from 'electron'
import { resolve } from 'node:path'
import * as v from 'valibot'
import { parseCommandLine, type CommandLine } from './command-line.ts'

const MAX_ARGUMENTS = 64
const startShape = v.strictObject({
  argv: v.pipe(v.array(v.pipe(v.string(), v.maxLength(8192))), v.maxLength(MAX_ARGUMENTS)),
  folder: v.string(),
})

export interface Instance {
  readonly commandLine: CommandLine
  /** A start after ours, or a link, also the one we were started with; what came before there was a listener is delivered first. */
  onStart(listener: (commandLine: CommandLine) => void): void
}

/** Undefined when another instance has the profile; it has been told, and this process must quit. Before `ready`. */
export function claimInstance(): Instance | undefined {
  const own = { argv: process.argv.slice(1, MAX_ARGUMENTS), folder: process.cwd() }
  if (!app.requestSingleInstanceLock(own)) return undefined
  const commandLine = readStart(own)
  const waiting: CommandLine[] = commandLine.link === undefined ? [] : [commandLine]
  let deliver = (start: CommandLine): void => void waiting.push(start)

  app.on('second-instance', (_event, _argv, _folder, data) => {
    // Electron's own argv is in Chromium's order; the other process is the same user's, but its data is still data.
    const checked = v.safeParse(startShape, data)
    deliver(checked.success ? readStart(checked.output) : { logStanzas: false })
  })
  app.on('open-url', (event, url) => {
    event.preventDefault()
    deliver(parseCommandLine([url]))
  })
  return {
    commandLine,
    onStart: (listener) => {
      deliver = listener
      for (const start of waiting.splice(0)) listener(start)
    },
  }
}

function readStart({ argv, folder }: v.InferOutput<typeof startShape>): CommandLine {
  const line = parseCommandLine(argv)
  return line.provisionFile === undefined
    ? line
    : { ...line, provisionFile: resolve(folder, line.provisionFile) }
}

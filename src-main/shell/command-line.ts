/**
 * The arguments Linnet was started with, as data. A command line that carries a link comes from another program, so
 * nothing else on it counts: a link can't smuggle in an option (attack S11).
 */
export interface CommandLine {
  /** An `xmpp:` link, unchecked. */
  readonly link?: string
  /** A file of accounts to import; see provision.ts. */
  readonly provisionFile?: string
  /** Development: stanzas to the standard output. */
  readonly logStanzas: boolean
  /** Started with the session: no window until it is wanted. */
  readonly hidden?: true
}

/** What a start with the session is told by. */
export const START_HIDDEN = '--hidden'

/** `argv` as of process.argv; what Electron and Chromium understand is skipped. */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const link = argv.find(isLink)
  if (link !== undefined) return { link, logStanzas: false }
  const provisionFile = valueOf(argv, '--provision')
  return {
    ...(provisionFile === undefined ? {} : { provisionFile }),
    logStanzas: argv.includes('--log-stanzas'),
    ...(argv.includes(START_HIDDEN) ? { hidden: true } : {}),
  }
}

/** For a start that follows on our own end: what was asked of this one is done, and the window is wanted. */
export function argumentsOfRestart(argv: readonly string[]): string[] {
  return argv.filter((argument) => !isLink(argument) && argument !== START_HIDDEN)
}

const isLink = (argument: string): boolean => /^xmpp:/i.test(argument)

function valueOf(argv: readonly string[], option: string): string | undefined {
  const joined = argv.find((argument) => argument.startsWith(`${option}=`))
  if (joined !== undefined) return joined.slice(option.length + 1)
  const at = argv.indexOf(option)
  return at < 0 ? undefined : (argv[at + 1] ?? '')
}

/**
 * One command from a window: may this frame ask, does the command exist, is its input right; then its handler. The
 * answer is always a value, since error classes do not survive the process boundary.
 */
import * as v from 'valibot'
import type { Reply } from '../../contract/bridge.ts'
import { commands, type Caller, type CommandName, type Handlers } from '../../contract/commands.ts'
import { UserError } from '../../contract/errors.ts'
import type { Log } from '../../domain/app.types.ts'
import { isOwnPage } from '../own-pages.ts'

/** The frame that a command came from, as the browser process knows it: none of it is the frame's own claim. */
export interface Sender {
  readonly isMainFrame: boolean
  readonly url: string
  /** Undefined when it is none of our windows. */
  readonly windowId: number | undefined
}

export interface DispatchTools {
  readonly handlers: Handlers
  readonly log: Log
  /** Development only: the origin that the renderer is served from instead of the application's own. */
  readonly developmentOrigin: string | undefined
}

/** Never rejects. `name` and `input` may be anything that a structured clone can carry. */
export async function dispatch(
  tools: DispatchTools,
  sender: Sender,
  name: unknown,
  input: unknown,
): Promise<Reply<CommandName>> {
  const { windowId } = sender
  if (!sender.isMainFrame || windowId === undefined || !isOwnPage(sender.url, tools.developmentOrigin)) {
    tools.log('shell/ipc', 'warn', 'command from a foreign frame refused')
    return { ok: false, error: { code: 'invalid-input' } }
  }
  if (!isCommandName(name)) {
    tools.log('shell/ipc', 'warn', 'unknown command refused')
    return { ok: false, error: { code: 'invalid-input', detail: 'unknown command' } }
  }
  return run(tools, name, input, { windowId })
}

/** Own properties only: `__proto__` and `constructor` are no commands. */
function isCommandName(name: unknown): name is CommandName {
  return typeof name === 'string' && Object.hasOwn(commands, name)
}

async function run<N extends CommandName>(
  { handlers, log }: DispatchTools,
  name: N,
  input: unknown,
  caller: Caller,
): Promise<Reply<N>> {
  const checked = v.safeParse(commands[name], input)
  if (!checked.success) {
    // The path of the field only: the value may be a password.
    const detail = v.getDotPath(checked.issues[0]) ?? 'input'
    log('shell/ipc', 'warn', 'command input refused', { command: name, field: detail })
    return { ok: false, error: { code: 'invalid-input', detail } }
  }
  try {
    return { ok: true, value: await handlers[name](checked.output, caller) }
  } catch (error) {
    if (error instanceof UserError) return { ok: false, error: error.data }
    log('shell/ipc', 'error', 'command failed', { command: name, error })
    return { ok: false, error: { code: 'internal' } }
  }
}

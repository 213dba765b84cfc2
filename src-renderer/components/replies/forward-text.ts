/**
 * Messages as new words for somebody else: quotes under the name of who wrote them, which every client shows right
 * (XEP-0393 §5.1.3), or the words alone. Pure. What is seen in the dialog is what is sent.
 */
import type { Message } from '../../../src-main/model/message.ts'
import { parseAction } from '../../../src-main/text/me-command.ts'

/** As many UTF-16 units as a message may have. */
export const MOST_OF_A_BODY = 65_536

type Named = Pick<Message, 'author' | 'body' | 'direction' | 'sender'>

export interface ForwardOptions {
  /** Says who wrote them. */
  readonly named: boolean
  readonly nameOf: (message: Named) => string
}

/** Oldest first. As few bodies as hold them; a message is divided only if it alone has no room. */
export function forwardedBodies(messages: readonly Named[], options: ForwardOptions): readonly string[] {
  const bodies: string[] = []
  let author: string | undefined
  for (const message of messages) {
    const name = options.nameOf(message)
    const words = wordsOf(message, name)
    const last = bodies.at(-1)
    const text = options.named
      ? quoted(words, author === name && last !== undefined ? undefined : name)
      : words
    const gap = options.named && author === name ? '\n' : '\n\n'
    author = name
    if (last !== undefined && last.length + gap.length + text.length <= MOST_OF_A_BODY) {
      bodies[bodies.length - 1] = last + gap + text
    } else bodies.push(...divided(options.named ? quoted(words, name) : words))
  }
  return bodies
}

/** An action is told with the name of who acts, for it is now somebody else who speaks. */
function wordsOf({ body }: Named, name: string): string {
  const action = parseAction(body)
  return action === undefined ? body.trimEnd() : `* ${name} ${action.trimEnd()}`
}

function quoted(words: string, name: string | undefined): string {
  const lines = words.split('\n').map((line) => `> ${line}`)
  return [...(name === undefined ? [] : [`> ${name}:`]), ...lines].join('\n')
}

function divided(text: string): readonly string[] {
  if (text.length <= MOST_OF_A_BODY) return [text]
  const pieces: string[] = []
  let rest = text
  while (rest.length > MOST_OF_A_BODY) {
    const line = rest.lastIndexOf('\n', MOST_OF_A_BODY)
    const half = /[\ud800-\udbff]/.test(rest[MOST_OF_A_BODY - 1] ?? '') ? 1 : 0
    const end = line > 0 ? line : MOST_OF_A_BODY - half
    pieces.push(rest.slice(0, end))
    rest = rest.slice(line > 0 ? end + 1 : end)
  }
  return rest.trim() === '' ? pieces : [...pieces, rest]
}

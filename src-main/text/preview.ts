/** The first words of a message for one line: the chat list, a notification. Signs of styling stay as they were written. */
import { parseAction } from './me-command.ts'
import type { Translate } from './text.ts'

/** White space of every kind becomes single spaces. Cheap however long the text: what has no room is cut before it is read. */
export function previewOf(text: string, most: number): string {
  const line = clipped(text, 4 * most)
    .replace(/\s+/gu, ' ')
    .trim()
  const cut = line.length < text.length && text.length > 4 * most
  return shorten(cut ? `${line}…` : line, most)
}

/** The same for a body, where an action is told as the log tells it (XEP-0245): `* Juliet laughs`. */
export function previewOfBody(body: string, sender: string, most: number, t: Translate): string {
  const action = parseAction(body.slice(0, 4 * most))
  return action === undefined
    ? previewOf(body, most)
    : t('chats.action', { name: sender, text: previewOf(action, most) })
}

/** At most `most` characters, with an ellipsis when something is missing; cut between characters, never within one. */
export function shorten(text: string, most: number): string {
  const characters = [...text.slice(0, 4 * most)]
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : characters.join('')
}

/** The first `units` UTF-16 units, never half a character. */
export function clipped(text: string, units: number): string {
  return text.length <= units ? text : text.slice(0, units).replace(/[\ud800-\udbff]$/, '')
}

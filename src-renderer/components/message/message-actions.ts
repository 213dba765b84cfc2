/**
 * What can be done with a message, as a list of contributions: one entry is a line of the menu, a key while the message is
 * chosen, perhaps a button of the toolbar, and perhaps something to be done with many messages at once. An area adds its
 * entries in screens/message-actions.ts.
 */
import type { Component } from 'svelte'
import type { Message } from '../../../src-main/model/message.ts'
import type { TextKey, Translate } from '../../../src-main/text/text.ts'
import type { MenuEntry } from '../base/menu.types.ts'

/** The parts of the menu, in their order; a line stands between two of them. */
const GROUPS = ['respond', 'change', 'text', 'keep', 'remove'] as const

export interface MessageSubject {
  readonly message: Message
  /** The message on screen, for what opens beside it. */
  readonly element: HTMLElement
  /** The link under the pointer. */
  readonly href?: string | undefined
  /** What is selected inside the message; empty where nothing is. */
  readonly selection: string
}

export interface MessageAction {
  readonly group: (typeof GROUPS)[number]
  readonly label: TextKey
  readonly icon: Component<Record<string, unknown>>
  /** As in KeyboardEvent.key, letters small: pressed alone while the message is chosen. One key, one action. */
  readonly key?: string
  readonly danger?: boolean
  /** Also a button of the toolbar that stands at the message under the pointer. */
  readonly quick?: boolean
  /** Always, where it is absent. */
  readonly when?: (subject: MessageSubject) => boolean
  readonly onselect: (subject: MessageSubject) => void
  /** With all messages that are selected, oldest first; offered when it fits each of them. */
  readonly many?: {
    readonly when?: (message: Message) => boolean
    readonly onselect: (messages: readonly Message[]) => void
  }
}

export function menuEntries(
  t: Translate,
  actions: readonly MessageAction[],
  subject: MessageSubject,
): readonly MenuEntry[] {
  const entries: MenuEntry[] = []
  for (const group of GROUPS) {
    const found = actions.filter((action) => action.group === group && (action.when?.(subject) ?? true))
    if (found.length > 0 && entries.length > 0) entries.push('separator')
    entries.push(...found.map((action) => toEntry(t, action, subject)))
  }
  return entries
}

function toEntry(t: Translate, action: MessageAction, subject: MessageSubject): MenuEntry {
  const { label, icon, danger, key } = action
  return {
    ...{ label: t(label), icon, danger },
    shortcut: key === undefined ? undefined : keyName(key),
    onselect: () => action.onselect(subject),
  }
}

/** As it stands on the keyboard. */
function keyName(key: string): string {
  if (key === ' ') return 'Space'
  return key === 'Delete' ? 'Del' : key.toUpperCase()
}

type Key = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey' | 'isComposing'>

/**
 * What a key does with the message that is chosen; undefined when nothing. A keyboard without Latin letters has the key where
 * it stands on one that has.
 */
export function actionForKey(
  actions: readonly MessageAction[],
  event: Key,
  subject: MessageSubject,
): MessageAction | undefined {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.isComposing) return undefined
  return actions.find(({ key, when }) => key !== undefined && isKey(event, key) && (when?.(subject) ?? true))
}

function isKey(event: Key, key: string): boolean {
  if (event.key.toLowerCase() === key.toLowerCase()) return true
  return !/^[ -~]+$/.test(event.key) && event.code === `Key${key.toUpperCase()}`
}

/** Those for the toolbar. */
export function quickActions(
  actions: readonly MessageAction[],
  subject: MessageSubject,
): readonly MessageAction[] {
  return actions.filter(({ quick, when }) => quick === true && (when?.(subject) ?? true))
}

/** What can be done with all of these at once. */
export function actionsForMany(
  actions: readonly MessageAction[],
  messages: readonly Message[],
): readonly (MessageAction & Required<Pick<MessageAction, 'many'>>)[] {
  return actions.filter(
    (action): action is MessageAction & Required<Pick<MessageAction, 'many'>> =>
      action.many !== undefined && messages.every((message) => action.many?.when?.(message) ?? true),
  )
}

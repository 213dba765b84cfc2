/** How the reader reads the messages of the log: which long ones are shown whole, and which in another of their languages. */
import { SvelteMap, SvelteSet } from 'svelte/reactivity'
import type { Translate } from '../../../src-main/text/text.ts'
import type { MenuEntry } from '../base/menu.types.ts'
import { inLanguage, languageEntries } from './language-menu.ts'
import { menuEntries, type MessageAction, type MessageSubject } from './message-actions.ts'

export class Reading {
  /** Ids of long messages that are shown whole. */
  readonly whole = new SvelteSet<number>()
  /** By id, which language is shown, where another one was chosen. */
  readonly languages = new SvelteMap<number, number>()

  show(messageId: number, whole: boolean): void {
    if (whole) this.whole.add(messageId)
    else this.whole.delete(messageId)
  }

  /** What is done with a message is done with the words on screen. */
  asShown(subject: MessageSubject): MessageSubject {
    return { ...subject, message: inLanguage(subject.message, this.languages.get(subject.message.id)) }
  }

  entries(t: Translate, actions: readonly MessageAction[], subject: MessageSubject): readonly MenuEntry[] {
    const { message } = subject
    const { id } = message
    return [
      ...menuEntries(t, actions, this.asShown(subject)),
      ...languageEntries(t, message, this.languages.get(id), (chosen) => this.languages.set(id, chosen)),
    ]
  }
}

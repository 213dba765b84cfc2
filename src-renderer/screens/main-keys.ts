/** What the window's shortcuts do. */
import type { Linnet } from '../stores/linnet.svelte.ts'
import { shortcutOf, stepFrom } from './shortcuts.ts'

/** `root` holds the window's parts, each marked with data-pane. An open dialog keeps its keys to itself. */
export function createKeyHandler(linnet: Linnet, root: () => HTMLElement | undefined) {
  const { navigation, conversations } = linnet

  function showNth(index: number | undefined): void {
    const conversation = index === undefined ? undefined : conversations.list[index]
    if (conversation === undefined) return
    navigation.pane = 'chats'
    navigation.showConversation(conversation.id)
  }

  function step(by: 1 | -1): void {
    const current = conversations.list.findIndex(({ id }) => id === navigation.conversationId)
    showNth(stepFrom(current, by, conversations.list.length))
  }

  /** The page of whom the conversation is with; pressed again, the conversation. */
  function toggleContactPage(): void {
    if (navigation.page?.kind === 'contact') return navigation.showPage(undefined)
    const conversation = conversations.find(navigation.conversationId)
    if (conversation === undefined) return
    navigation.showPage({
      kind: 'contact',
      accountId: conversation.accountId,
      jid: conversation.counterpart,
    })
  }

  function leaveConversation(): void {
    const behind = navigation.conversationId !== undefined
    if (navigation.page?.kind === 'contact' && behind) return navigation.showPage(undefined)
    if (!behind && navigation.page === undefined) return
    navigation.showConversation(undefined)
    focusIn(root()?.querySelector('.list'))
  }

  function movePane(by: 1 | -1): void {
    const panes = [...(root()?.querySelectorAll('[data-pane]') ?? [])].filter((pane) =>
      pane.checkVisibility(),
    )
    const current = panes.findIndex((pane) => pane.contains(document.activeElement))
    focusIn(panes[(current + by + panes.length) % panes.length])
  }

  return (event: KeyboardEvent): void => {
    const shortcut = shortcutOf(event, linnet.settings.environment.platform)
    if (shortcut === undefined || event.defaultPrevented || navigation.dialog !== undefined) return
    if (shortcut.name !== 'escape') event.preventDefault()
    switch (shortcut.name) {
      case 'switcher':
        navigation.dialog = { kind: 'switcher' }
        break
      case 'add':
        navigation.dialog = { kind: 'add-contact' }
        break
      case 'settings':
        navigation.dialog = { kind: 'settings' }
        break
      case 'help':
        navigation.dialog = { kind: 'shortcuts' }
        break
      case 'contact-page':
        toggleContactPage()
        break
      case 'escape':
        leaveConversation()
        break
      case 'step':
        step(shortcut.by)
        break
      case 'nth':
        showNth(shortcut.index)
        break
      case 'pane':
        movePane(shortcut.by)
        break
    }
  }
}

/** The part's list or text field first, else whatever in it takes focus. */
function focusIn(pane: Element | null | undefined): void {
  const target =
    pane?.querySelector<HTMLElement>(
      '[aria-current="page"], [role="listbox"], [role="grid"], [role="treegrid"], textarea',
    ) ?? pane?.querySelector<HTMLElement>('button, input, [tabindex="0"]')
  target?.focus()
}

/** The windows that are open: the main one, one for each conversation taken out, XML consoles; what each shows and was opened for. */
import type { BrowserWindow, WebContents } from 'electron'
import type { View } from '../../model/events.ts'
import type { Receiver } from '../ipc/broadcast.ts'
import { EVENT_CHANNEL } from '../../contract/channels.ts'
import { backgroundColor, openBrowserWindow, type WindowTools } from './browser-window.ts'
import { keyOf, lookOf, type Subject } from './subject.ts'

export interface Windows {
  /** Opens or raises the main window; `view` is what it is to show, now or once it has started. */
  showMain(view?: View): void
  /** Opens or raises the conversation's own window. */
  openConversation(conversationId: number): void
  /** Opens or raises the account's XML console. */
  openConsole(accountId: number): void
  /** The account whose console the window is. */
  consoleOf(windowId: number): number | undefined
  /** Raises the conversation where it is: in its own window when it has one, else in the main window. */
  showConversation(conversationId: number): void
  /** Shows the main window, or hides it when the user has it before the eyes. */
  toggleMain(): void
  /** The window takes what it was opened for; from now on it hears of views by event. */
  takeView(windowId: number): View | undefined
  /** What the window says it shows. */
  setShowing(windowId: number, conversationId: number | null): void
  /** Conversations that the user has before the eyes. */
  inFocus(): ReadonlySet<number>
  idOf(contents: WebContents): number | undefined
  receivers(): readonly Receiver[]
  /** Asks for the user's eye in the task bar, unless the window has it. */
  flash(): void
  repaintBackground(): void
}

export interface WindowsOptions extends WindowTools {
  /** Where the pages are: `linnet://app`, or the development server. */
  readonly origin: string
  /** Whether closing this window hides it instead. */
  readonly shouldHide: (kind: Subject['kind']) => boolean
  /** The account's console is gone. */
  readonly consoleClosed: (accountId: number) => void
  /** Sends a view to a window that runs. */
  readonly pushView: (windowId: number, view: View) => void
}

interface OpenWindow {
  readonly browser: BrowserWindow
  readonly subject: Subject
  /** It has been drawn once; until then it shows itself as soon as it is. */
  drawn: boolean
  showing: number | null
  /** It has taken its snapshot, so events reach it. */
  started: boolean
  pending: View | undefined
}

const MAIN: Subject = { kind: 'main' }

export function createWindows(options: WindowsOptions): Windows {
  const open = new Map<number, OpenWindow>()
  const find = (subject: Subject): OpenWindow | undefined =>
    [...open.values()].find((window) => keyOf(window.subject) === keyOf(subject))

  const add = (subject: Subject): OpenWindow => {
    const browser = openBrowserWindow(lookOf(options.origin, subject), options)
    const window: OpenWindow = {
      browser,
      subject,
      drawn: false,
      showing: null,
      started: false,
      pending: undefined,
    }
    const { id } = browser
    open.set(id, window)
    attachClosing(browser, subject, options, () => open.delete(id))
    browser.once('ready-to-show', () => void (window.drawn = true))
    browser.on('focus', () => browser.flashFrame(false))
    // A page that is loaded again starts from a new snapshot.
    browser.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) Object.assign(window, { started: false, showing: null })
    })
    return window
  }

  const openOwn = (subject: Subject): void => raise(find(subject) ?? add(subject))
  const windows: Windows = {
    showMain: (view) => {
      const main = find(MAIN) ?? add(MAIN)
      if (view !== undefined && main.started) options.pushView(main.browser.id, view)
      else if (view !== undefined) main.pending = view
      raise(main)
    },
    openConversation: (id) => openOwn({ kind: 'conversation', id }),
    openConsole: (accountId) => openOwn({ kind: 'console', accountId }),
    consoleOf: (windowId) => {
      const subject = open.get(windowId)?.subject
      return subject?.kind === 'console' ? subject.accountId : undefined
    },
    showConversation: (conversationId) => {
      const own = find({ kind: 'conversation', id: conversationId })
      if (own === undefined) windows.showMain({ kind: 'conversation', conversationId })
      else raise(own)
    },
    toggleMain: () => {
      const main = find(MAIN)
      if (main?.browser.isVisible() === true && main.browser.isFocused()) main.browser.hide()
      else windows.showMain()
    },
    takeView: (windowId) => {
      const window = open.get(windowId)
      if (window === undefined) return undefined
      const { subject, pending } = window
      Object.assign(window, { started: true, pending: undefined })
      return subject.kind === 'conversation' ? { kind: 'conversation', conversationId: subject.id } : pending
    },
    setShowing: (windowId, conversationId) => {
      const window = open.get(windowId)
      if (window !== undefined) window.showing = conversationId
    },
    inFocus: () =>
      new Set([...open.values()].flatMap((window) => (hasFocus(window) ? (window.showing ?? []) : []))),
    idOf: (contents) =>
      [...open.values()].find(({ browser }) => browser.webContents === contents)?.browser.id,
    receivers: () => [...open.values()].map(({ browser }) => receiver(browser)),
    flash: () => {
      const main = find(MAIN)
      if (main !== undefined && !main.browser.isFocused()) main.browser.flashFrame(true)
    },
    repaintBackground: () => {
      for (const { browser } of open.values()) browser.setBackgroundColor(backgroundColor())
    },
  }
  return windows
}

function attachClosing(
  browser: BrowserWindow,
  subject: Subject,
  { shouldHide, consoleClosed }: WindowsOptions,
  forget: () => void,
): void {
  browser.on('close', (event) => {
    if (!shouldHide(subject.kind)) return
    event.preventDefault()
    browser.hide()
  })
  browser.on('closed', () => {
    forget()
    if (subject.kind === 'console') consoleClosed(subject.accountId)
  })
}

function hasFocus({ browser }: OpenWindow): boolean {
  return browser.isFocused() && browser.isVisible() && !browser.isMinimized()
}

function raise({ browser, drawn }: OpenWindow): void {
  if (!drawn) return
  if (browser.isMinimized()) browser.restore()
  browser.show()
  browser.focus()
}

/** Windows go before the stream does: an event that finds its window gone is dropped. */
function receiver(browser: BrowserWindow): Receiver {
  return {
    windowId: browser.id,
    send: (batch) => {
      if (!browser.isDestroyed() && !browser.webContents.isDestroyed())
        browser.webContents.send(EVENT_CHANNEL, batch)
    },
  }
}

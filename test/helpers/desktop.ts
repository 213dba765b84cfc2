/**
 * The desktop that the tests run on (scripts/desktop-session.mjs), as a user has it: tray items with their menus,
 * notifications, clicks. Every function takes the process id of the application that it is about, since several may run.
 */
import dbus, { type MessageBus } from 'dbus-next'

const { Message, Variant } = dbus

export interface TrayMenuItem {
  readonly id: number
  readonly label: string
  readonly kind: 'plain' | 'radio' | 'checkmark' | 'separator'
  readonly checked: boolean
  readonly enabled: boolean
  readonly children: readonly TrayMenuItem[]
}

export interface ShownNotification {
  readonly id: number
  readonly title: string
  /** As it reached the desktop: markup is the desktop's to render. */
  readonly body: string
  readonly closed: boolean
}

interface Place {
  readonly bus: string
  readonly path: string
}
interface Listed {
  readonly items: readonly Place[]
  readonly notifications: readonly (ShownNotification & { readonly bus: string })[]
}

const DOUBLE = { destination: 'im.linnet.DesktopDouble', path: '/', interface: 'im.linnet.DesktopDouble' }
const ITEM = 'org.kde.StatusNotifierItem'
const MENU = 'com.canonical.dbusmenu'

export interface Desktop {
  /** Whether the application has a tray item. */
  hasTray(pid: number): Promise<boolean>
  trayMenu(pid: number): Promise<readonly TrayMenuItem[]>
  /** Clicks the entry with this label, as the desktop does it: the layout is read anew, ids change with each menu. */
  clickTrayItem(pid: number, label: string): Promise<void>
  /** A click on the icon itself. */
  activateTray(pid: number): Promise<void>
  trayTooltip(pid: number): Promise<string>
  notifications(pid: number): Promise<readonly ShownNotification[]>
  clickNotification(id: number): Promise<void>
  close(): void
}

export function connectDesktop(): Desktop {
  const bus = dbus.sessionBus()
  const call = createCall(bus)

  const listed = async (): Promise<Listed> => JSON.parse(String((await call(DOUBLE, 'List'))[0])) as Listed
  const pidOf = async (name: string): Promise<number> => {
    const daemon = { destination: 'org.freedesktop.DBus', path: '/', interface: 'org.freedesktop.DBus' }
    // A connection that is gone belongs to nobody.
    return call(daemon, 'GetConnectionUnixProcessID', 's', [name]).then(([pid]) => Number(pid), () => 0) // prettier-ignore
  }
  const ofProcess = async <T extends { bus: string }>(all: readonly T[], pid: number): Promise<T[]> => {
    const pids = await Promise.all(all.map((one) => pidOf(one.bus)))
    return all.filter((_, index) => pids[index] === pid)
  }
  const item = async (pid: number): Promise<Place> => {
    const found = (await ofProcess((await listed()).items, pid)).at(-1)
    if (found === undefined) throw new Error(`process ${pid} has no tray item`)
    return found
  }
  const property = async (pid: number, name: string): Promise<unknown> => {
    const { bus: destination, path } = await item(pid)
    const properties = { destination, path, interface: 'org.freedesktop.DBus.Properties' }
    return unwrap((await call(properties, 'Get', 'ss', [ITEM, name]))[0])
  }
  const menuOf = async (pid: number) => {
    const path = String(await property(pid, 'Menu'))
    return { destination: (await item(pid)).bus, path, interface: MENU }
  }
  const trayMenu = async (pid: number): Promise<readonly TrayMenuItem[]> => {
    const [, layout] = await call(await menuOf(pid), 'GetLayout', 'iias', [0, -1, []])
    return readMenu(layout).children
  }
  return {
    hasTray: async (pid) => (await ofProcess((await listed()).items, pid)).length > 0,
    trayMenu,
    clickTrayItem: async (pid, label) => {
      // The menu may be made anew between the look and the click, and then nothing has that id any more.
      for (let triesLeft = 5; ; triesLeft -= 1) {
        const found = flatten(await trayMenu(pid)).find((entry) => entry.label === label)
        if (found === undefined) throw new Error(`no entry "${label}" in the tray menu`)
        const now = Math.floor(Date.now() / 1000)
        const event = [found.id, 'clicked', new Variant('i', 0), now]
        const error = await call(await menuOf(pid), 'Event', 'isvu', event).then(() => undefined, asError)
        if (error === undefined) return
        if (triesLeft === 0) throw error
      }
    },
    activateTray: async (pid) => {
      const { bus: destination, path } = await item(pid)
      await call({ destination, path, interface: ITEM }, 'Activate', 'ii', [0, 0])
    },
    trayTooltip: async (pid) => JSON.stringify(await property(pid, 'ToolTip')),
    notifications: async (pid) => ofProcess((await listed()).notifications, pid),
    clickNotification: async (id) => void (await call(DOUBLE, 'Click', 'u', [id])),
    close: () => bus.disconnect(),
  }
}

const asError = (reason: unknown): Error => (reason instanceof Error ? reason : new Error(String(reason)))

type Target = { destination: string; path: string; interface: string }

function createCall(bus: MessageBus) {
  return async (target: Target, member: string, signature = '', body: unknown[] = []): Promise<unknown[]> => {
    const reply = await bus.call(new Message({ ...target, member, signature, body }))
    return reply?.body ?? []
  }
}

function unwrap(value: unknown): unknown {
  return value instanceof Variant ? unwrap(value.value) : value
}

/** A dbusmenu node: id, properties, children. `_` marks the access key of a label. */
function readMenu(node: unknown): TrayMenuItem {
  const [id, properties, children] = unwrap(node) as [number, Record<string, unknown>, unknown[]]
  const of = (name: string): unknown => unwrap(properties[name])
  const toggle = of('toggle-type')
  return {
    id,
    label: ((of('label') as string | undefined) ?? '').replace(/_(.)/g, '$1'),
    kind:
      of('type') === 'separator'
        ? 'separator'
        : toggle === 'radio' || toggle === 'checkmark'
          ? toggle
          : 'plain',
    checked: of('toggle-state') === 1,
    enabled: of('enabled') !== false,
    children: children.map(readMenu),
  }
}

function flatten(items: readonly TrayMenuItem[]): TrayMenuItem[] {
  return items.flatMap((item) => [item, ...flatten(item.children)])
}

/**
 * A desktop in small, on the session bus: it takes tray items (StatusNotifierWatcher) and notifications
 * (org.freedesktop.Notifications) as a real one does, and tells what it got through an interface of its own, so that
 * tests and the demo can see them and click them. Prints READY when the names are its own.
 */
import dbus from 'dbus-next'

const { Message, MessageType, Variant } = dbus

const WATCHER = 'org.kde.StatusNotifierWatcher'
const NOTIFICATIONS = 'org.freedesktop.Notifications'
/** Ours: `List` gives what there is as JSON, `Click` is a click on a notification. */
export const CONTROL = 'im.linnet.DesktopDouble'

/** @typedef {{ bus: string, path: string }} Item */
/** @typedef {{ id: number, bus: string, title: string, body: string, actions: string[], closed: boolean }} Shown */

/** @type {Item[]} */
const items = []
/** @type {Shown[]} */
const shown = []
const bus = dbus.sessionBus()

/** @param {string} path @param {string} iface @param {string} member @param {string} signature @param {unknown[]} body */
const signal = (path, iface, member, signature, body) =>
  bus.send(new Message({ type: MessageType.SIGNAL, path, interface: iface, member, signature, body }))

/** @type {Record<string, (message: import('dbus-next').Message) => [string, unknown[]]>} */
const methods = {
  [`${WATCHER}.RegisterStatusNotifierItem`]: ({ sender, body: [service] }) => {
    // An item names itself by its bus name, or by its path on the sender's connection.
    const own = String(service)
    items.push(
      own.startsWith('/') ? { bus: sender, path: own } : { bus: sender, path: '/StatusNotifierItem' },
    )
    signal('/StatusNotifierWatcher', WATCHER, 'StatusNotifierItemRegistered', 's', [own])
    return ['', []]
  },
  [`${WATCHER}.RegisterStatusNotifierHost`]: () => ['', []],
  [`${NOTIFICATIONS}.Notify`]: ({ sender, body: [, replaces, , title, body, actions] }) => {
    const id = Number(replaces) || shown.length + 1
    shown.push({ id, bus: sender, title, body, actions, closed: false })
    return ['u', [id]]
  },
  [`${NOTIFICATIONS}.CloseNotification`]: ({ body: [id] }) => {
    for (const one of shown) if (one.id === id) one.closed = true
    signal('/org/freedesktop/Notifications', NOTIFICATIONS, 'NotificationClosed', 'uu', [id, 3])
    return ['', []]
  },
  [`${NOTIFICATIONS}.GetCapabilities`]: () => ['as', [['actions', 'body', 'body-markup', 'persistence']]],
  [`${NOTIFICATIONS}.GetServerInformation`]: () => ['ssss', ['desktop double', 'Linnet', '1', '1.2']],
  [`${CONTROL}.List`]: () => ['s', [JSON.stringify({ items, notifications: shown })]],
  [`${CONTROL}.Click`]: ({ body: [id] }) => {
    signal('/org/freedesktop/Notifications', NOTIFICATIONS, 'ActionInvoked', 'us', [id, 'default'])
    return ['', []]
  },
  'org.freedesktop.DBus.Properties.Get': ({ body: [, name] }) => ['v', [property(String(name))]],
  'org.freedesktop.DBus.Properties.GetAll': () => [
    'a{sv}',
    [Object.fromEntries(PROPERTIES.map((name) => [name, property(name)]))],
  ],
}

const PROPERTIES = ['RegisteredStatusNotifierItems', 'IsStatusNotifierHostRegistered', 'ProtocolVersion']

/** @param {string} name */
function property(name) {
  if (name === 'IsStatusNotifierHostRegistered') return new Variant('b', true)
  if (name === 'ProtocolVersion') return new Variant('i', 0)
  return new Variant(
    'as',
    items.map((item) => item.bus + item.path),
  )
}

bus.addMethodHandler((/** @type {import('dbus-next').Message} */ message) => {
  const method = methods[`${message.interface}.${message.member}`]
  if (method === undefined) return false
  bus.send(Message.newMethodReturn(message, ...method(message)))
  return true
})
await Promise.all([WATCHER, NOTIFICATIONS, CONTROL].map((name) => bus.requestName(name, 0)))
process.stdout.write('READY\n')

/** XEP-0492: Chat notification settings, version 0.2.0. https://xmpp.org/extensions/xep-0492.html */
import { attribute } from './stanza.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'urn:xmpp:notification-settings:1'

export const NOTIFICATIONS = ['always', 'on-mention', 'never'] as const
export type NotificationSetting = (typeof NOTIFICATIONS)[number]

const MOST_READ = 32

/** What we are by service discovery, which is what settings may be for. */
const IDENTITY = { category: 'client', type: 'pc' } as const

/** What is set for us, the closest first (§3): our kind of device, our category, everybody; undefined: nothing is. */
export function notificationSetting(extensions: Element): NotificationSetting | undefined {
  const closest = closestOf(settingsIn(extensions))
  return NOTIFICATIONS.find((known) => known === closest?.getName())
}

/**
 * Sets it for us and changes the element itself: what is closest to us gets another name and keeps what is inside, which
 * others understand (§3); everybody is told the same where nothing is set for them.
 */
export function setNotification(extensions: Element, setting: NotificationSetting): void {
  const settings = settingsIn(extensions)
  const closest = closestOf(settings)
  if (closest !== undefined) {
    closest.name = setting
    dropTwins(settings, closest)
  }
  if (settings.some((one) => closeness(one) === 1)) return
  notifyIn(extensions).append(xml(setting))
}

function settingsIn(extensions: Element): Element[] {
  const children = extensions.getChild('notify', NS)?.getChildElements() ?? []
  return children
    .filter((child) => child.getNS() === NS && NOTIFICATIONS.some((known) => known === child.getName()))
    .slice(0, MOST_READ)
}

function closestOf(settings: readonly Element[]): Element | undefined {
  const fitting = settings.filter((one) => closeness(one) > 0)
  return fitting.sort((one, other) => closeness(other) - closeness(one))[0]
}

/** 3 for our kind of device, 2 for our category, 1 for everybody, 0 for others. */
function closeness(setting: Element): number {
  const category = attribute(setting, 'identity-category')
  const type = attribute(setting, 'identity-type')
  if (category === undefined) return type === undefined ? 1 : 0
  if (category !== IDENTITY.category) return 0
  if (type === undefined) return 2
  return type === IDENTITY.type ? 3 : 0
}

/** §3: none of one name for the same devices twice. What has more inside stays. */
function dropTwins(settings: readonly Element[], kept: Element): void {
  for (const one of settings) {
    const isTwin = one !== kept && one.getName() === kept.getName() && closeness(one) === closeness(kept)
    if (isTwin && one.getChildElements().length === 0) one.parent?.remove(one)
  }
}

function notifyIn(extensions: Element): Element {
  const found = extensions.getChild('notify', NS)
  if (found !== undefined) return found
  const notify = xml('notify', { xmlns: NS })
  extensions.append(notify)
  return notify
}

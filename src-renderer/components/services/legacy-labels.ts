/** Labels of the fields that XEP-0077 itself defines (§14.1), which come without any. */
import type { TextKey, Translate } from '../../../src-main/text/text.ts'

const LABELS: Readonly<Record<string, TextKey>> = {
  username: 'services.legacyUsername',
  nick: 'services.legacyNick',
  password: 'services.legacyPassword',
  name: 'services.legacyName',
  first: 'services.legacyFirst',
  last: 'services.legacyLast',
  email: 'services.legacyEmail',
  address: 'services.legacyAddress',
  city: 'services.legacyCity',
  state: 'services.legacyState',
  zip: 'services.legacyZip',
  phone: 'services.legacyPhone',
  url: 'services.legacyUrl',
  date: 'services.legacyDate',
  misc: 'services.legacyMisc',
  text: 'services.legacyText',
}

export function legacyLabels(t: Translate): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(LABELS).map(([name, key]) => [name, t(key)]))
}

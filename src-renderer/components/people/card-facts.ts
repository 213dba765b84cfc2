/** A vCard as the page shows it: one fact a line, each with its label; what can be opened says what it opens. Pure. */
import type { CardKind, CardValue, VCard } from '../../../src-main/model/people.ts'
import type { Locale, TextKey } from '../../../src-main/text/text.ts'

export type FactIcon = 'name' | 'nickname' | 'mail' | 'phone' | 'work' | 'birthday' | 'web' | 'place' | 'note'

export interface CardFact {
  readonly key: string
  readonly icon: FactIcon
  readonly label: TextKey
  readonly value: string
  /** Handed to the main process, which checks it again. */
  readonly url?: string
}

const KINDS: Readonly<Record<'mail' | 'phone' | 'place', Readonly<Record<CardKind, TextKey>>>> = {
  mail: {
    home: 'people.mailHome',
    work: 'people.mailWork',
    mobile: 'people.mail',
    fax: 'people.mail',
  },
  phone: {
    home: 'people.phoneHome',
    work: 'people.phoneWork',
    mobile: 'people.phoneMobile',
    fax: 'people.phoneFax',
  },
  place: {
    home: 'people.placeHome',
    work: 'people.placeWork',
    mobile: 'people.place',
    fax: 'people.place',
  },
}

export function cardFacts(card: VCard, locale: Locale): readonly CardFact[] {
  const fact = (icon: FactIcon, label: TextKey, value: string, url?: string): CardFact => ({
    key: `${icon} ${label} ${value}`,
    icon,
    label,
    value,
    ...(url === undefined ? {} : { url }),
  })
  const kinded = (icon: 'mail' | 'phone' | 'place', values: readonly CardValue[]): CardFact[] =>
    values.map(({ kind, value }) => {
      const label = kind === undefined ? (`people.${icon}` as const) : KINDS[icon][kind]
      return fact(icon, label, value, icon === 'mail' ? mailTo(value) : undefined)
    })
  return [
    ...(card.fullName === '' ? [] : [fact('name', 'people.fullName', card.fullName)]),
    ...card.nicknames.map((name) => fact('nickname', 'people.nickname', name)),
    ...card.titles.map((title) => fact('work', 'people.jobTitle', title)),
    ...card.organizations.map((name) => fact('work', 'people.organization', name)),
    ...kinded('mail', card.emails),
    ...kinded('phone', card.phones),
    ...card.urls.map((url) => fact('web', 'people.website', url, webLink(url))),
    ...(card.birthday === '' ? [] : [fact('birthday', 'people.birthday', dateText(card.birthday, locale))]),
    ...kinded('place', card.addresses),
    ...(card.note === '' ? [] : [fact('note', 'people.about', card.note)]),
  ]
}

/** Only a web address can be pressed; anything else stays text. */
function webLink(text: string): string | undefined {
  return /^https?:\/\/[^\s\p{Cc}]+$/iu.test(text) ? text : undefined
}

function mailTo(text: string): string | undefined {
  return /^[^\s\p{Cc}@?&#%<>"]+@[^\s\p{Cc}@?&#%<>"]+$/u.test(text) ? `mailto:${text}` : undefined
}

/** A whole date in the language's words; anything else as it was written. */
function dateText(text: string, locale: Locale): string {
  const [, year, month, day] = /^(\d{4})-?(\d\d)-?(\d\d)(?:T.*)?$/.exec(text) ?? []
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day))
  if (day === undefined || Number.isNaN(at) || new Date(at).getUTCDate() !== Number(day)) return text
  const format = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    dateStyle: 'long',
    timeZone: 'UTC',
  })
  return format.format(at)
}

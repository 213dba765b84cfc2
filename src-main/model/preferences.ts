/** How the application bends to its user: what each choice may be, and what holds until it is made. */

export const TEXT_SIZES = ['small', 'normal', 'large', 'huge'] as const
/** Per cent, as browsers step. */
export const ZOOM_STEPS = [50, 67, 75, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300] as const

/** No notification and no sound at these times; what is unread is counted all the same. */
export interface QuietHours {
  readonly enabled: boolean
  /** Minutes after midnight, by this computer's clock. Up to `to`, on the next day where that is earlier; the same: all day. */
  readonly from: number
  readonly to: number
  /** 0 is Sunday: on which they begin. */
  readonly days: readonly number[]
}

export interface Spelling {
  /** 'unasked': on where the system has a speller of its own; elsewhere dictionaries would be fetched, so the user has to agree. */
  readonly wish: 'unasked' | 'on' | 'off'
  /** BCP 47; none: the system's. */
  readonly languages: readonly string[]
}

/** `unasked`: until the user has said yes or no, nothing is asked of any server. */
export type UpdateWish = 'unasked' | 'never' | 'check'

export interface Preferences {
  readonly textSize: (typeof TEXT_SIZES)[number]
  readonly zoom: number
  readonly sounds: boolean
  readonly quietHours: QuietHours
  readonly spelling: Spelling
  /** The name of an action to its keys; only those that the user changed. */
  readonly shortcuts: Readonly<Record<string, readonly string[]>>
  readonly updates: UpdateWish
}

export interface PreferencesEvents {
  'preferences.changed': { readonly preferences: Preferences }
  /** The shell asks one window to play Linnet's own sound. */
  'sound.requested': { readonly kind: 'message' }
}

export interface PreferencesState {
  readonly preferences: Preferences
}

export const DEFAULT_PREFERENCES: Preferences = {
  textSize: 'normal',
  zoom: 100,
  sounds: true,
  quietHours: { enabled: false, from: 22 * 60, to: 7 * 60, days: [0, 1, 2, 3, 4, 5, 6] },
  spelling: { wish: 'unasked', languages: [] },
  shortcuts: {},
  updates: 'unasked',
}

/** What was stored, by this version or another: what does not fit is as at the beginning. */
export function toPreferences(stored: unknown): Preferences {
  const { textSize, zoom, sounds, quietHours, spelling, shortcuts, updates } = fieldsOf(stored)
  const usual = DEFAULT_PREFERENCES
  return {
    textSize: TEXT_SIZES.find((size) => size === textSize) ?? usual.textSize,
    zoom: ZOOM_STEPS.find((step) => step === zoom) ?? usual.zoom,
    sounds: typeof sounds === 'boolean' ? sounds : usual.sounds,
    quietHours: toQuietHours(fieldsOf(quietHours)),
    spelling: toSpelling(fieldsOf(spelling)),
    shortcuts: Object.fromEntries(
      Object.entries(fieldsOf(shortcuts)).flatMap(([name, keys]) =>
        isTexts(keys) ? [[name, keys] as const] : [],
      ),
    ),
    updates: (['never', 'check'] as const).find((wish) => wish === updates) ?? usual.updates,
  }
}

function toQuietHours({ enabled, from, to, days }: Fields): QuietHours {
  const usual = DEFAULT_PREFERENCES.quietHours
  return {
    enabled: enabled === true,
    from: isWithin(from, 1439) ? from : usual.from,
    to: isWithin(to, 1439) ? to : usual.to,
    days: Array.isArray(days) ? days.filter((day): day is number => isWithin(day, 6)) : usual.days,
  }
}

function toSpelling({ wish, languages }: Fields): Spelling {
  const known = (['on', 'off'] as const).find((one) => one === wish)
  return { wish: known ?? 'unasked', languages: isTexts(languages) ? languages : [] }
}

type Fields = Readonly<Record<string, unknown>>

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}

function isWithin(value: unknown, max: number): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= max
}

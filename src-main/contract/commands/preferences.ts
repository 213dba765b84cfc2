/** How the application bends to its user: what the renderer may ask for. */
import * as v from 'valibot'
import { TEXT_SIZES, ZOOM_STEPS, type Preferences } from '../../model/preferences.ts'
import { text } from '../fields.ts'

const minutes = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1439))
const language = v.pipe(text(35), v.regex(/^[A-Za-z0-9-]+$/))

export const preferencesCommands = {
  'preferences.set': v.partial(
    v.strictObject({
      textSize: v.picklist(TEXT_SIZES),
      zoom: v.picklist(ZOOM_STEPS),
      sounds: v.boolean(),
      quietHours: v.strictObject({
        ...{ enabled: v.boolean(), from: minutes, to: minutes },
        days: v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(6))), v.maxLength(7)),
      }),
      spelling: v.strictObject({
        wish: v.picklist(['on', 'off']),
        languages: v.pipe(v.array(language), v.maxLength(20)),
      }),
      shortcuts: v.record(
        v.pipe(text(40), v.regex(/^[a-z-]+$/)),
        v.pipe(v.array(v.pipe(text(40), v.nonEmpty())), v.maxLength(4)),
      ),
      updates: v.picklist(['never', 'check']),
    }),
  ),
  /** Whether Linnet is started with the session; by what the system says, not by what was chosen once. */
  'startup.get': v.strictObject({}),
  'startup.set': v.strictObject({ enabled: v.boolean() }),
  /** The languages that there are dictionaries for. */
  'spelling.languages': v.strictObject({}),
} as const

export interface SpellingLanguages {
  readonly available: readonly string[]
  /** They are fetched from the network, so the user has to agree first. */
  readonly fetched: boolean
  /** What would be used where none is chosen. */
  readonly usual: readonly string[]
}

export interface PreferencesOutputs {
  'preferences.set': Preferences
  'startup.get': { readonly enabled: boolean }
  'startup.set': { readonly enabled: boolean }
  'spelling.languages': SpellingLanguages
}

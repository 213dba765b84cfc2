/** What Linnet tells of itself: what the renderer may ask for. */
import * as v from 'valibot'
import type { Licence, UpdateState, Versions } from '../../model/about.ts'
import { nothing } from '../fields.ts'

export const aboutCommands = {
  'about.versions': nothing,
  'about.licences': nothing,
  /** A report for whoever helps, to be read before it is copied. */
  'about.report': v.strictObject({ addresses: v.boolean() }),
  'update.get': nothing,
  /** Asks now, whatever was chosen: the user's click. */
  'update.check': nothing,
  /** Fetches what was found, then starts anew. */
  'update.install': nothing,
} as const

export interface AboutOutputs {
  'about.versions': Versions
  'about.licences': readonly Licence[]
  'about.report': string
  'update.get': UpdateState
  'update.check': UpdateState
}

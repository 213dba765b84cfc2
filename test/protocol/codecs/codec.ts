/** What reads and writes the cases of a folder. */
import type { Element } from '../../../src-main/protocol/xml.ts'

export interface Codec {
  /** Absent: it is only ever written. */
  readonly parse?: ((element: Element) => unknown) | undefined
  /** `value` is a NAME.build.json. */
  build?(value: never): Element
}

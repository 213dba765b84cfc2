/** What reads the cases of what stands in forms beside their fields, and of what comes before them. */
import { parseForm } from '../../../src-main/protocol/xep-0004-data-forms.ts'
import { parseMedia } from '../../../src-main/protocol/xep-0221-media.ts'
import { buildBitsRequest, parseBits, parseData } from '../../../src-main/protocol/xep-0231-bits-of-binary.ts'
import { offersPreAuth } from '../../../src-main/protocol/xep-0445-pre-auth-registration.ts'
import type { Codec } from './codec.ts'

export const formCodecs: Readonly<Record<string, Codec>> = {
  // Which fields are left, and which of them are challenges.
  'xep-0158': {
    parse: (element) => parseForm(element)?.fields.map(({ name, challenge = null }) => [name, challenge]),
  },
  'xep-0221': {
    parse(element) {
      const field = element.getChild('field', 'jabber:x:data')
      return field && parseMedia(field, parseBits(element))
    },
  },
  'xep-0231': {
    parse(element) {
      const data = parseData(element)
      return data && { contentId: data.contentId, size: data.bytes.length }
    },
    build: (contentId: string) => buildBitsRequest(contentId),
  },
  'xep-0445': { parse: (element) => offersPreAuth(element) || undefined },
}

/** XEP-0158: CAPTCHA Forms, version 1.0.1. https://xmpp.org/extensions/xep-0158.html */
import { CHALLENGES, type FormField } from '../model/form.ts'

/** §5.2: for a program that works for seconds; no question for a person, and a form with it has others as well (§5.1). */
const FOR_PROGRAMS = 'SHA-256'

/**
 * The fields of a form in which there is a challenge (§3.1.2, §4: it has a hidden field of that name), each question marked
 * with its kind. Those of any other form stay as they are, whatever their names.
 */
export function markChallenges(fields: readonly FormField[]): readonly FormField[] {
  const isChallenged = fields.some(({ name, type }) => name === 'challenge' && type === 'hidden')
  if (!isChallenged) return fields
  return fields
    .filter(({ name, required }) => name !== FOR_PROGRAMS || required)
    .map((field) => {
      const challenge = CHALLENGES.find((kind) => kind === field.name)
      return challenge === undefined || !field.type.startsWith('text-') ? field : { ...field, challenge }
    })
}

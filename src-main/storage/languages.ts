/** Column `languages`: JSON that only we write. */
import type { Languages } from '../model/message.ts'

export function toLanguagesJson(languages: Languages | undefined): string | null {
  return languages === undefined ? null : JSON.stringify(languages)
}

/** `{ languages }`, or nothing. */
export function fromLanguagesJson(json: string | null): { readonly languages?: Languages } {
  return json === null ? {} : { languages: JSON.parse(json) as Languages }
}

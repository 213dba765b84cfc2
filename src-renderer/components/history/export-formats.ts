/** What an export can be written as, the one for people first. */
import type { ExportFormat } from '../../../src-main/model/history.ts'
import type { TextKey } from '../../../src-main/text/text.ts'

export const EXPORT_FORMAT_CHOICES: readonly { readonly value: ExportFormat; readonly label: TextKey }[] = [
  { value: 'html', label: 'history.htmlChoice' },
  { value: 'text', label: 'history.textChoice' },
  { value: 'json', label: 'history.jsonChoice' },
]

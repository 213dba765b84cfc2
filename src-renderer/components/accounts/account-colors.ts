/** The colours of accounts: their words, and the tokens that paint them. */
import type { AccountColor } from '../../../src-main/model/accounts.ts'
import type { TextKey } from '../../../src-main/text/text.ts'

export const COLOR_WORDS: Readonly<Record<AccountColor, TextKey>> = {
  blue: 'accounts.colorBlue',
  orange: 'accounts.colorOrange',
  green: 'accounts.colorGreen',
  purple: 'accounts.colorPurple',
  teal: 'accounts.colorTeal',
  pink: 'accounts.colorPink',
  yellow: 'accounts.colorYellow',
  grey: 'accounts.colorGrey',
}

/** In their order; a value is imported from text alone, so the list is made of the words. */
export const COLORS = Object.keys(COLOR_WORDS) as readonly AccountColor[]

export function paintOf(color: AccountColor | undefined): string {
  return `var(--account-${color ?? 'grey'})`
}

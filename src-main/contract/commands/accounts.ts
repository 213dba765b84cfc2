/** Several accounts side by side: what the renderer may ask for. */
import * as v from 'valibot'
import { ACCOUNT_COLORS, MAX_LABEL_LENGTH } from '../../model/accounts.ts'
import { id, text } from '../fields.ts'

const MAX_ACCOUNTS = 1000

export const accountsCommands = {
  'account.setLook': v.strictObject({
    accountId: id,
    label: v.pipe(text(MAX_LABEL_LENGTH), v.trim()),
    color: v.picklist(ACCOUNT_COLORS),
  }),
  /** Off: signs out and stays out; what was said stays readable. */
  'account.setEnabled': v.strictObject({ accountId: id, enabled: v.boolean() }),
  /** Each once, in the wanted order; those that are left out come after them as they stood. */
  'account.arrange': v.strictObject({ accountIds: v.pipe(v.array(id), v.maxLength(MAX_ACCOUNTS)) }),
} as const

/** The history as a whole: what the renderer may ask for. */
import * as v from 'valibot'
import {
  EXPORT_FORMATS,
  type BackupChoice,
  type BackupOutcome,
  type ExportOutcome,
  type RestoreOutcome,
} from '../../model/history.ts'
import { id, nothing, text } from '../fields.ts'

/** Long enough that guessing takes a while; the renderer says so before. */
export const MIN_BACKUP_PASSWORD = 8
const password = v.pipe(text(1024), v.minLength(MIN_BACKUP_PASSWORD))

export const historyCommands = {
  /** `keepAway`: what the server's archive has of it does not come back. What is still to be sent stays. */
  'conversation.deleteHistory': v.strictObject({ conversationId: id, keepAway: v.boolean() }),
  /** Into a file that the user chooses; without `conversationId` all of them. One at a time. */
  'export.start': v.strictObject({
    conversationId: v.optional(id),
    format: v.picklist(EXPORT_FORMATS),
  }),
  'export.cancel': nothing,
  /** Into a file that the user chooses. One at a time, and none while one is restored. */
  'backup.create': v.strictObject({ password }),
  'backup.choose': nothing,
  /** The file that was chosen last. */
  'backup.restore': v.strictObject({ password: v.pipe(text(1024), v.nonEmpty()) }),
  /** Of either. */
  'backup.cancel': nothing,
  'app.restart': nothing,
} as const

/** Answers of these commands; one that is not named answers nothing. */
export interface HistoryOutputs {
  'export.start': ExportOutcome
  'backup.create': BackupOutcome
  'backup.choose': BackupChoice
  'backup.restore': RestoreOutcome
}

/** Another subject (XEP-0045 §8.1): the room says it to all, or refuses it with an error to the words that wanted it. */
import { bareOf } from '../../model/jid.ts'
import { UserError } from '../../contract/errors.ts'
import { buildSubjectChange } from '../../protocol/xep-0045-muc/index.ts'
import type { IncomingStep } from '../incoming/draft.ts'
import type { Link } from '../link.ts'
import { userError } from '../user-errors.ts'
import type { Visit } from './memory.ts'

const PATIENCE_MS = 15_000

/** The last wish alone is waited for. */
interface Wish {
  readonly id: string
  readonly subject: string
  settle(refused?: UserError): void
}

const wishes = new WeakMap<Visit, Wish>()

/** Rejects with UserError: 'offline', 'request-timeout', and with the room's refusal. */
export async function setSubject(link: Link, visit: Visit, subject: string): Promise<void> {
  if (visit.phase !== 'in') throw userError('offline')
  const id = link.newId()
  const answered = new Promise<UserError | undefined>((resolve) => {
    wishes.get(visit)?.settle()
    wishes.set(visit, { id, subject, settle: resolve })
  })
  if (!link.stream.send(buildSubjectChange(visit.jid, subject, id))) throw userError('offline')
  const silent = link.rest(PATIENCE_MS).then(() => userError('request-timeout'))
  const refused = await Promise.race([answered, silent])
  if (wishes.get(visit)?.id === id) wishes.delete(visit)
  if (refused !== undefined) throw refused
}

/** The room has told a subject to all: by its `id` or its words it is ours. */
export function subjectWasSet(visit: Visit, id: string | undefined, subject: string): void {
  const wish = wishes.get(visit)
  if (wish !== undefined && (wish.id === id || wish.subject === subject)) wish.settle()
}

/** Before the step that takes errors for those of messages. Only from the room, or what stands between us and it. */
export const hearSubjectRefused: IncomingStep = ({ parsed, link }, tools) => {
  const { type, error, id, from } = parsed
  if (type !== 'error' || error === undefined) return 'continue'
  const visit = tools.rooms.find(link.accountId, bareOf(from))
  const wish = visit && wishes.get(visit)
  if (wish === undefined || wish.id !== id || from !== visit?.jid) return 'continue'
  const { condition, text } = error
  wish.settle(
    new UserError({
      code: 'refused-by-server',
      condition,
      detail: text === '' ? condition : `${condition}: ${text}`,
    }),
  )
  return 'stop'
}

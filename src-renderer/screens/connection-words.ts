/** What is wrong with a connection, in words; undefined while nothing is. */
import type { ConnectionState } from '../../src-main/model/account.ts'
import type { Translate } from '../../src-main/text/text.ts'
import { troubleOf } from '../stores/connection-trouble.ts'
import { PROBLEM_WORDS } from '../stores/problem-words.ts'

/** While it is tried again by itself there is nothing to advise. */
export function connectionWords(
  connection: ConnectionState,
  domain: string,
  t: Translate,
): string | undefined {
  const problem = troubleOf(connection)
  if (problem === undefined) return undefined
  const { what, advice } = PROBLEM_WORDS[problem.code]
  return connection.phase === 'waiting'
    ? t(what, { domain })
    : t('errors.withAdvice', { what: t(what, { domain }), advice: t(advice, { domain }) })
}

/** Whose something is, given from the top of the tree to whatever shows it: nothing where there is one account only. */
import { getContext, setContext } from 'svelte'
import type { Account } from '../../../src-main/model/account.ts'

type MarkOf = (accountId: number) => Account | undefined

const KEY = Symbol('account marks')

/** `markOf` answers undefined while there is nothing to tell apart. */
export function provideAccountMarks(markOf: MarkOf): void {
  setContext(KEY, markOf)
}

export function useAccountMarks(): MarkOf {
  return getContext<MarkOf | undefined>(KEY) ?? (() => undefined)
}

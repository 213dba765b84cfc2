/** The groups of a form: those that were ended, and the one that is still typed. */
export function withTyped(groups: readonly string[], typed: string): string[] {
  const group = typed.trim()
  return group === '' || groups.includes(group) ? [...groups] : [...groups, group]
}

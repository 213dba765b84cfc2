/** Parts of an address for showing. Preparation and checks are the main process's; here an address is taken as it came. */

export function localPart(jid: string): string {
  return jid.slice(0, Math.max(0, jid.indexOf('@')))
}

export function domainPart(jid: string): string {
  return jid.slice(jid.indexOf('@') + 1)
}

/** Whether text looks like a person's full address, `local@domain`; the main process has the last word. */
export function looksLikeAddress(text: string): boolean {
  return (
    /^[^\s@/"&'<>:]+@[^\s@/"&'<>]+\.[^\s@/"&'<>.]+$/u.test(text) || /^[^\s@/"&'<>:]+@localhost$/u.test(text)
  )
}

/** Whether text looks like a server's or a service's address. */
export function looksLikeDomain(text: string): boolean {
  return /^[^\s@/"&'<>:]+\.[^\s@/"&'<>:.]+$/u.test(text) || text === 'localhost'
}

/** Without the resource. */
export function bareAddress(jid: string): string {
  const slash = jid.indexOf('/')
  return slash < 0 ? jid : jid.slice(0, slash)
}

/** Whether it is the server of this account that speaks. */
export function isOwnServer(
  accounts: readonly { readonly id: number; readonly jid: string }[],
  accountId: number,
  jid: string,
): boolean {
  const account = accounts.find(({ id }) => id === accountId)
  return account !== undefined && bareAddress(jid) === domainPart(account.jid)
}

/**
 * How a person is called: the name that the user gave, else a contact's nickname, else the local part of the address, else
 * the domain. `nick`: one that may stand for the address (text/nicknames.ts); what strangers call themselves never does
 * (attack: one who names themselves like a friend). Spaces around a name stay: SafeName shows them.
 */
export function displayName(jid: string, rosterName: string | undefined, nick?: string): string {
  const given = rosterName !== undefined && rosterName.trim() !== '' ? rosterName : nick
  return given ?? (localPart(jid) || jid)
}

/** Names of servers, as they are chosen or typed. */

/** Where an account of a server can be had, by the web: the server's own page. Undefined for what is no domain. */
export function pageOfServer(domain: string): string | undefined {
  const name = domain.trim().toLowerCase()
  if (!/^(?=.{4,253}$)([\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}[\p{L}\p{N}-]*$/u.test(name))
    return undefined
  return `https://${name}/`
}

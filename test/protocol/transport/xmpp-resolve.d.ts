/** The part of @xmpp/resolve that its faults are shown with; the package has no types. */
declare module '@xmpp/resolve/lib/dns.js' {
  export function resolve(
    domain: string,
    options: { srv: readonly { service: string; protocol: string }[] },
  ): Promise<unknown[]>
}

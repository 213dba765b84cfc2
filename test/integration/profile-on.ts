/** Two Linnets on a real server: one shows a picture and a nickname, the other sees both, changed and taken away too. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startLiveApp, type LiveApp } from '../helpers/live-app.ts'
import { makePng } from '../helpers/picture.ts'
import type { Prosody, RosterEntry } from '../helpers/prosody.ts'

const WAIT = { timeout: 20_000 }
const PASSWORD = 'but soft'
const [RED, GREEN] = [makePng(64, [190, 30, 60]), makePng(64, [20, 140, 60])]

/** Made before anybody signs in. */
export interface ProfileServer extends Pick<Prosody, 'domain' | 'tlsPort' | 'caFile' | 'dispose'> {
  addUser(name: string, password: string): void | Promise<void>
  setRoster(name: string, entries: readonly RosterEntry[]): void | Promise<void>
}

export function testProfileOn(name: string, start: () => Promise<ProfileServer>): void {
  describe(name, () => {
    let server: ProfileServer
    let romeo: LiveApp
    let juliet: LiveApp

    beforeAll(async () => {
      server = await start()
      for (const user of ['romeo', 'juliet']) await server.addUser(user, PASSWORD)
      await server.setRoster('romeo', [{ jid: `juliet@${server.domain}` }])
      await server.setRoster('juliet', [{ jid: `romeo@${server.domain}` }])
      romeo = await startLiveApp(server, 'romeo', PASSWORD)
      juliet = await startLiveApp(server, 'juliet', PASSWORD)
    })
    afterAll(async () => {
      await romeo.close()
      await juliet.close()
      await server.dispose()
    })

    const hashSeen = (): string =>
      juliet.app.state().personPictures.find(({ jid }) => jid === romeo.jid)?.hash ?? ''
    const nickSeen = (): string =>
      juliet.app.state().nicknames.find(({ jid }) => jid === romeo.jid)?.nick ?? ''
    const show = (base64: string | null) =>
      romeo.app.setOwnPicture({ accountId: romeo.accountId, base64, audience: 'contacts' })

    test('a picture is seen, changed and taken away', async () => {
      for (const { hash, base64 } of [RED, GREEN]) {
        await show(base64)
        await expect.poll(hashSeen, WAIT).toBe(hash)
        const wanted = { accountId: juliet.accountId, jid: romeo.jid, hash }
        expect(await juliet.app.fetchPersonPicture(wanted)).toEqual({ type: 'image/png', base64 })
      }
      await show(null)
      await expect.poll(hashSeen, WAIT).toBe('')
    })

    test('a nickname is seen, changed and taken away', async () => {
      for (const nick of ['Romeo M.', '罗密欧', '']) {
        await romeo.app.setOwnName({ accountId: romeo.accountId, name: nick })
        await expect.poll(nickSeen, WAIT).toBe(nick)
      }
    })

    test('who signs in later learns of both', async () => {
      await show(RED.base64)
      await romeo.app.setOwnName({ accountId: romeo.accountId, name: 'Romeo M.' })
      await juliet.close()
      juliet = await startLiveApp(server, 'juliet', PASSWORD)
      await expect.poll(hashSeen, WAIT).toBe(RED.hash)
      await expect.poll(nickSeen, WAIT).toBe('Romeo M.')
    })
  })
}

/** The stage that every dialog can be opened on: accounts that are well, have lost their password or meet a strange certificate, people, rooms and a gateway. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { launchLinnet, newProfile, removeProfile, type Linnet } from '../../helpers/app.ts'
import { freePorts } from '../../helpers/free-ports.ts'
import { startGateway } from '../../helpers/gateway.ts'
import { connectPeer, type Peer } from '../../helpers/peer.ts'
import { startProsody, type Prosody } from '../../helpers/prosody.ts'
import { parseStanza } from '../../helpers/stanza.ts'
import { createRoomScene, MUC } from '../room-scene.ts'
import { showPocket } from './pocket.ts'

const PASSWORD = 'But soft, what light'
const SECRET = 'a rose'

export interface Stage {
  readonly linnet: Linnet
  readonly page: Page
  readonly server: Prosody
  readonly juliet: Peer
  /** Nobody whom Romeo knows. */
  readonly tybalt: Peer
  /** A contact list to be imported. */
  readonly importFile: string
  /** Romeo registers with the gateway, by another device of his. */
  register(): Promise<void>
  dispose(): Promise<void>
}

export async function setStage(): Promise<Stage> {
  const [componentPort = 0] = await freePorts(1)
  const server = await startProsody({
    extraModules: ['uptime', 'announce', 'admin_adhoc', 'blocklist', 'invites', 'invites_adhoc'],
    extraConfig: `admins = { "romeo@chat.test" }\ncomponent_ports = { ${componentPort} }\ncomponent_interfaces = { "127.0.0.1" }`,
    extraHosts: `Component "irc.chat.test"\n  component_secret = "${SECRET}"`,
  })
  const elsewhere = await startProsody({ domain: 'mantua.test' })
  for (const name of ['romeo', 'juliet', 'benvolio', 'tybalt']) server.addUser(name, PASSWORD)
  server.setRoster('romeo', [
    { jid: 'juliet@chat.test', name: 'Juliet', groups: ['Capulets'] },
    { jid: 'nurse@chat.test', name: 'Nurse', subscription: 'none' },
  ])
  server.setRoster('juliet', [{ jid: 'romeo@chat.test' }])
  const gateway = await startGateway({
    port: componentPort,
    jid: 'irc.chat.test',
    secret: SECRET,
    channels: 3,
  })
  const juliet = await connectPeer(server, 'juliet', PASSWORD)
  const tybalt = await connectPeer(server, 'tybalt', PASSWORD)
  const rooms = createRoomScene('conference.chat.test')
  await rooms.make(juliet, 'hall', 'Juliet', { roomname: 'The Hall', membersonly: '1', whois: 'anyone' })
  const owner = `<query xmlns='${MUC}#admin'><item jid='romeo@chat.test' affiliation='owner'/></query>`
  await juliet.request('set', parseStanza(owner), rooms.at('hall'))

  const profile = newProfile()
  const importFile = join(profile, 'contacts.json')
  writeFileSync(
    importFile,
    `<query xmlns='jabber:iq:roster'><item jid='mercutio@chat.test' name='Mercutio'/></query>`,
  )
  const linnet = await launchLinnet({
    server,
    profile,
    args: ['--provision', provision(profile, server, elsewhere)],
  })
  const { page } = linnet
  page.setDefaultTimeout(20_000)
  await linnet.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(1200, 800)
  })
  await page.getByRole('button', { name: /^Your presence: Online/ }).waitFor()
  await showPocket(juliet)
  juliet.say('romeo@chat.test', 'O gentle Romeo')
  await page
    .getByRole('listbox', { name: 'Chats' })
    .getByRole('option', { name: /gentle/ })
    .waitFor()
  return {
    ...{ linnet, page, server, juliet, tybalt, importFile },
    async register() {
      const other = await connectPeer(server, 'romeo', PASSWORD, { resource: 'other', silent: true })
      const form = `<x xmlns='jabber:x:data' type='submit'><field var='nick'><value>romeo</value></field></x>`
      await other.request(
        'set',
        parseStanza(`<query xmlns='jabber:iq:register'>${form}</query>`),
        gateway.jid,
      )
      other.close()
    },
    async dispose() {
      for (const peer of [juliet, tybalt]) peer.close()
      await linnet.quit()
      gateway.close()
      removeProfile(profile)
      await Promise.all([server.dispose(), elsewhere.dispose()])
    },
  }
}

/** Romeo is well; Benvolio's password is wrong; Paris's server shows a certificate that nobody vouches for. */
function provision(folder: string, server: Prosody, elsewhere: Prosody): string {
  const file = join(folder, 'accounts.json')
  const account = (address: string, password: string, port: number) => ({
    ...{ address, password, port, host: '127.0.0.1', security: 'direct-tls', remember: true },
  })
  const accounts = [
    account('romeo@chat.test', PASSWORD, server.tlsPort),
    account('benvolio@chat.test', 'not this one', server.tlsPort),
    account('paris@mantua.test', PASSWORD, elsewhere.tlsPort),
  ]
  writeFileSync(file, JSON.stringify({ accounts }), { mode: 0o600 })
  return file
}

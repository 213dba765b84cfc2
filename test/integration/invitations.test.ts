/** Invitations that open accounts (XEP-0401, XEP-0445), on a real server: made, taken up, used up, and refused. */
import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createCreation, type Creation } from '../../src-main/domain/registration/creation.ts'
import { parseXmppUri } from '../../src-main/model/xmpp-uri.ts'
import { createRegister } from '../../src-main/protocol/transport/xmpp-client.ts'
import { startLiveApp, type LiveApp } from '../helpers/live-app.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'

const WAIT = { timeout: 20_000 }

let server: Prosody
let creation: Creation
let romeo: LiveApp
let juliet: LiveApp
beforeAll(async () => {
  server = await startProsody({
    extraModules: ['invites', 'invites_adhoc', 'invites_register'],
    extraConfig: 'allow_user_invites = true\nadmins = { "juliet@chat.test" }\n',
  })
  for (const name of ['romeo', 'juliet']) server.addUser(name, 'x')
  romeo = await startLiveApp(server, 'romeo', 'x')
  juliet = await startLiveApp(server, 'juliet', 'x')
  const openRegistration = createRegister({ ca: [readFileSync(server.caFile, 'utf8')] })
  creation = createCreation({ openRegistration, log: () => undefined })
})
afterEach(() => creation.cancel())
afterAll(async () => {
  await romeo.close()
  await juliet.close()
  await server.dispose()
})

const begin = (preauth?: string) =>
  creation.begin({
    ...{ server: server.domain, host: '127.0.0.1', port: server.tlsPort, security: 'direct-tls' },
    ...(preauth === undefined ? {} : { preauth }),
  })
const submit = (username: string) =>
  creation.submit({
    kind: 'form',
    answers: [
      { name: 'FORM_TYPE', type: 'hidden', values: ['jabber:iq:register'] },
      { name: 'username', type: 'text-single', values: [username] },
      { name: 'password', type: 'text-private', values: ['but soft'] },
    ],
  })
const tokenOf = ({ uri }: { uri: string }): string => parseXmppUri(uri)?.preauth ?? ''

test('who takes up an invitation has an account, and the two are contacts', async () => {
  const invite = await romeo.app.createInvite(romeo.accountId)
  expect(invite).toMatchObject({ opensAccount: true })
  expect(parseXmppUri(invite.uri)).toMatchObject({ jid: romeo.jid, action: 'roster', opensAccount: true })

  expect(await begin(tokenOf(invite))).toMatchObject({ invited: true, kind: 'form' })
  await submit('rosaline')
  const rosaline = await startLiveApp(server, 'rosaline', 'but soft')
  const both = (app: LiveApp, jid: string) => () =>
    app.storage.listContacts().find((contact) => contact.jid === jid)?.subscription
  await expect.poll(both(rosaline, romeo.jid), WAIT).toBe('both')
  await expect.poll(both(romeo, rosaline.jid), WAIT).toBe('both')
  await rosaline.close()

  await expect(begin(tokenOf(invite))).rejects.toThrow('invitation-refused')
})

test('without an invitation this server gives none, and one that was made up is refused', async () => {
  await begin()
  await expect(submit('tybalt')).rejects.toThrow('refused-by-server')
  await expect(begin('made-up')).rejects.toThrow('invitation-refused')
})

test('an administrator invites to accounts, and nobody else', async () => {
  expect(await romeo.app.offersAccountInvites(romeo.accountId)).toBe(false)
  await expect(romeo.app.createAccountInvite({ accountId: romeo.accountId })).rejects.toThrow(
    'refused-by-server',
  )

  expect(await juliet.app.offersAccountInvites(juliet.accountId)).toBe(true)
  const answer = await juliet.app.createAccountInvite({ accountId: juliet.accountId })
  if (answer.kind !== 'made') throw new Error('the server wants to know more')
  const { invite } = answer
  expect(parseXmppUri(invite.uri)).toMatchObject({ jid: server.domain, action: 'register' })
  expect(await begin(tokenOf(invite))).toMatchObject({ invited: true })
  await submit('paris')
  const paris = await startLiveApp(server, 'paris', 'but soft')
  expect(paris.storage.listContacts()).toEqual([])
  await paris.close()
})

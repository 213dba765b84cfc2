/** Pictures between two of us on a real server: published by one, seen by the other, changed and taken away. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startLiveApp, type LiveApp } from '../helpers/live-app.ts'
import { makePng, type MadePicture } from '../helpers/picture.ts'
import { startProsody, type Prosody } from '../helpers/prosody.ts'

const WAIT = { timeout: 20_000 }
const [RED, GREEN] = [makePng(64, [190, 30, 60]), makePng(64, [20, 140, 60])]

/** Which picture somebody shows, as another one sees it. */
const seenBy = ({ app }: LiveApp, of: string): string =>
  app.state().personPictures.find(({ jid }) => jid === of)?.hash ?? ''

const SERVERS = [
  ['that converts', [], ''],
  ['with vCards apart', ['vcard'], 'modules_disabled = { "s2s"; "vcard_legacy" }'],
  [
    'without publishing',
    ['vcard'],
    'modules_disabled = { "s2s"; "vcard_legacy"; "pep"; "bookmarks"; "vcard4" }',
  ],
] as const

describe.each(SERVERS)('a server %s', (name, extraModules, extraConfig) => {
  const converts = name === 'that converts'
  let server: Prosody
  let romeo: LiveApp
  let juliet: LiveApp

  beforeAll(async () => {
    server = await startProsody({ extraModules, extraConfig })
    await server.stop()
    for (const user of ['romeo', 'juliet', 'nurse']) server.addUser(user, 'pw')
    for (const [user, other] of [
      ['romeo', 'juliet'],
      ['juliet', 'romeo'],
    ] as const) {
      server.setRoster(user, [{ jid: `${other}@${server.domain}` }])
    }
    await server.start()
    romeo = await startLiveApp(server, 'romeo', 'pw')
    juliet = await startLiveApp(server, 'juliet', 'pw')
  })
  afterAll(async () => {
    await romeo.close()
    await juliet.close()
    await server.dispose()
  })

  const show = (picture: MadePicture | undefined) =>
    romeo.app.setOwnPicture({
      accountId: romeo.accountId,
      base64: picture?.base64 ?? null,
      audience: 'contacts',
    })

  test.each([
    ['published', RED],
    ['changed', GREEN],
  ])('%s by one, seen by the other', async (_, picture) => {
    await show(picture)
    expect(seenBy(romeo, romeo.jid)).toBe(picture.hash)
    await expect.poll(() => seenBy(juliet, romeo.jid), WAIT).toBe(picture.hash)
    const wanted = { accountId: juliet.accountId, jid: romeo.jid, hash: picture.hash }
    expect(await juliet.app.fetchPersonPicture(wanted)).toEqual({ type: 'image/png', base64: picture.base64 })
  })

  test('read anew by its owner, with who may see it', async () => {
    const profile = await romeo.app.readProfile(romeo.accountId)
    expect(profile).toMatchObject({
      audience: converts ? 'contacts' : 'everybody',
      canChooseAudience: converts,
    })
    expect(seenBy(romeo, romeo.jid)).toBe(GREEN.hash)
  })

  test('a name is kept, and leaves picture and audience as they are', async () => {
    await romeo.app.setOwnName({ accountId: romeo.accountId, name: 'Romeo M.' })
    const profile = await romeo.app.readProfile(romeo.accountId)
    expect(profile).toMatchObject({ name: 'Romeo M.', audience: converts ? 'contacts' : 'everybody' })
    expect(seenBy(romeo, romeo.jid)).toBe(GREEN.hash)
    const nicksSeen = () => juliet.app.state().nicknames.map(({ jid, nick }) => [jid, nick])
    const told = name === 'without publishing' ? [] : [[romeo.jid, 'Romeo M.']]
    await expect.poll(nicksSeen, WAIT).toEqual(told)
  })

  test('seen by who comes later, and taken away', async () => {
    await juliet.close()
    juliet = await startLiveApp(server, 'juliet', 'pw')
    await expect.poll(() => seenBy(juliet, romeo.jid), WAIT).toBe(GREEN.hash)
    await show(undefined)
    await expect.poll(() => seenBy(juliet, romeo.jid), WAIT).toBe('')
    expect(seenBy(romeo, romeo.jid)).toBe('')
  })
})

test('who is no contact gets no picture that is for contacts, until it is for everybody', async () => {
  const server = await startProsody()
  for (const user of ['romeo', 'nurse']) server.addUser(user, 'pw')
  const romeo = await startLiveApp(server, 'romeo', 'pw')
  const nurse = await startLiveApp(server, 'nurse', 'pw')
  const { accountId, jid } = romeo
  await romeo.app.setOwnPicture({ accountId, base64: RED.base64, audience: 'contacts' })
  // On the nurse's list, but not allowed to see him: only told by hand which picture it is.
  const contact = { jid, name: '', subscription: 'none', ask: false, approved: false, groups: [] } as const
  nurse.storage.upsertRosterItem(nurse.accountId, contact, undefined)
  nurse.storage.setPersonPicture(nurse.accountId, jid, { published: RED.hash })
  const wanted = { accountId: nurse.accountId, jid, hash: RED.hash }
  expect(await nurse.app.fetchPersonPicture(wanted)).toBeUndefined()
  await romeo.app.setAudience({ accountId, audience: 'everybody' })
  const again = await startLiveApp(server, 'nurse', 'pw', { random: () => 0.5 })
  again.storage.upsertRosterItem(again.accountId, contact, undefined)
  again.storage.setPersonPicture(again.accountId, jid, { published: RED.hash })
  expect(await again.app.fetchPersonPicture({ ...wanted, accountId: again.accountId })).toMatchObject({
    type: 'image/png',
  })
  for (const each of [romeo, nurse, again]) await each.close()
  await server.dispose()
})

test('who is written to for the first time sees what we call ourselves, and is told once', async () => {
  const server = await startProsody()
  for (const user of ['romeo', 'nurse']) server.addUser(user, 'pw')
  const romeo = await startLiveApp(server, 'romeo', 'pw')
  const nurse = await startLiveApp(server, 'nurse', 'pw')
  await romeo.app.setOwnName({ accountId: romeo.accountId, name: 'Romeo M.' })
  await expect.poll(() => romeo.app.state().nicknames.map(({ nick }) => nick), WAIT).toEqual(['Romeo M.'])
  for (const words of ['Good morrow', 'Are you there?']) romeo.say(nurse.jid, words)
  const isRequest = () => nurse.app.state().conversations.map(({ request, last }) => [request, last?.body])
  await expect.poll(isRequest, WAIT).toEqual([[true, 'Are you there?']])
  await expect
    .poll(() => nurse.app.state().nicknames, WAIT)
    .toMatchObject([{ jid: romeo.jid, nick: 'Romeo M.' }])
  const withNick = nurse.traffic.in.filter((text) => /<body>.*jabber\.org\/protocol\/nick/.test(text))
  expect(withNick).toHaveLength(1)
  expect(withNick[0]).toContain('Good morrow')
  for (const each of [romeo, nurse]) await each.close()
  await server.dispose()
})

// @vitest-environment happy-dom
/** The own name and picture in the window: read when it is looked at, changed only by saving, and failures told. */
import { expect, test } from 'vitest'
import type { OwnProfile } from '../../src-main/model/profile.ts'
import { createClient } from '../../src-renderer/bridge.ts'
import { OwnProfileStore } from '../../src-renderer/stores/own-profile.svelte.ts'
import { createFakeBridge } from './fake-bridge.ts'

const KNOWN: OwnProfile = { name: 'Romeo', audience: 'contacts', canChooseAudience: true }
const refused = { code: 'refused-by-server', detail: 'policy-violation' } as const

type Handlers = Parameters<typeof createFakeBridge>[1]

async function stage(handlers: Handlers = {}) {
  const bridge = createFakeBridge(
    {},
    {
      'profile.read': () => KNOWN,
      'profile.setName': () => undefined,
      'profile.setPicture': () => undefined,
      'profile.setAudience': () => undefined,
      ...handlers,
    },
  )
  const profile = new OwnProfileStore(createClient(bridge), 1)
  await profile.read()
  return { bridge, profile }
}

test('what the server has is shown, and nothing is to be saved', async () => {
  const { profile } = await stage()
  expect([profile.name, profile.audience, profile.isChanged]).toEqual(['Romeo', 'contacts', false])
  profile.name = ' Romeo '
  expect(profile.isChanged).toBe(false)
})

test('picture, audience and name are saved, each once', async () => {
  const { bridge, profile } = await stage()
  profile.name = 'Romeo M.'
  profile.picture = { base64: 'AAAA' }
  profile.audience = 'everybody'
  expect(await profile.save()).toBe(true)
  expect(bridge.inputsOf('profile.setPicture')).toEqual([
    { accountId: 1, base64: 'AAAA', audience: 'everybody' },
  ])
  expect(bridge.inputsOf('profile.setName')).toEqual([{ accountId: 1, name: 'Romeo M.' }])
  expect(bridge.inputsOf('profile.setAudience')).toEqual([])
  expect([profile.isChanged, profile.saved]).toEqual([false, true])
})

test('who may see it alone is changed without the picture', async () => {
  const { bridge, profile } = await stage()
  profile.audience = 'everybody'
  await profile.save()
  expect(bridge.inputsOf('profile.setAudience')).toEqual([{ accountId: 1, audience: 'everybody' }])
  expect(bridge.inputsOf('profile.setPicture')).toEqual([])
})

test('what failed is still to be saved, what did not is not', async () => {
  let tries = 0
  const { bridge, profile } = await stage({
    'profile.setName': () => {
      tries += 1
      if (tries === 1) throw Object.assign(new Error('refused'), { data: refused })
    },
  })
  profile.name = 'Romeo M.'
  profile.picture = null
  expect(await profile.save()).toBe(false)
  expect(profile.saving.error).toBeDefined()
  expect([profile.isChanged, profile.saved, profile.picture]).toEqual([true, false, undefined])
  expect(await profile.save()).toBe(true)
  expect(bridge.inputsOf('profile.setPicture')).toHaveLength(1)
  expect(bridge.inputsOf('profile.setName')).toHaveLength(2)
})

test('what is discarded is as the server has it', async () => {
  const { profile } = await stage()
  profile.name = ''
  profile.picture = null
  profile.audience = 'everybody'
  profile.discard()
  expect([profile.name, profile.audience, profile.picture, profile.isChanged]).toEqual([
    'Romeo',
    'contacts',
    undefined,
    false,
  ])
})

/** Pictures in a window: asked for once they were looked at for a moment, drawn by the window itself, known by their hash. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ShownPicture } from '../../src-main/model/picture.ts'
import { createClient } from '../../src-renderer/bridge.ts'
import { PictureStore } from '../../src-renderer/stores/pictures.svelte.ts'
import { createFakeBridge } from './fake-bridge.ts'
import { jid, makeSnapshot } from './make.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const HASH = 'a'.repeat(40)
const PLACE = { accountId: 1, room: 'garden@rooms.example' }
const drawn = ({ base64 }: ShownPicture): Promise<string | undefined> =>
  Promise.resolve(base64 === 'broken' ? undefined : `data:image/webp,${base64}`)

function stage(base64: string | undefined) {
  const answer = base64 === undefined ? undefined : ({ type: 'image/png', base64 } as const)
  const bridge = createFakeBridge({}, { 'picture.fetch': () => answer })
  const pictures = new PictureStore(createClient(bridge), drawn, () => Date.now())
  return { pictures, asked: () => bridge.inputsOf('picture.fetch') }
}

test('what is looked at is asked for, once, whoever shows it', async () => {
  const { pictures, asked } = stage('AAAA')
  pictures.show({ ...PLACE, hash: HASH })
  pictures.show({ ...PLACE, hash: HASH })
  await vi.advanceTimersByTimeAsync(500)
  expect(asked()).toEqual([{ ...PLACE, hash: HASH }])
  expect(pictures.urlOf(HASH)).toBe('data:image/webp,AAAA')
  pictures.show({ ...PLACE, nick: 'juliet', hash: HASH })
  await vi.advanceTimersByTimeAsync(500)
  expect(asked()).toHaveLength(1)
})

test('what is scrolled past is not', async () => {
  const { pictures, asked } = stage('AAAA')
  const hide = pictures.show({ ...PLACE, hash: HASH })
  await vi.advanceTimersByTimeAsync(50)
  hide()
  await vi.advanceTimersByTimeAsync(5000)
  expect(asked()).toEqual([])
})

test.each([undefined, 'broken'])(
  'one that does not come is asked for again when seen later: %s',
  async (base64) => {
    const { pictures, asked } = stage(base64)
    const look = async (afterMs: number): Promise<void> => {
      await vi.advanceTimersByTimeAsync(afterMs)
      pictures.show({ ...PLACE, hash: HASH })
      await vi.advanceTimersByTimeAsync(500)
    }
    await look(0)
    await look(1000)
    expect(pictures.urlOf(HASH)).toBeUndefined()
    expect(asked()).toHaveLength(1)
    await look(60_000)
    expect(asked()).toHaveLength(2)
  },
)

test('the oldest go when there are very many', async () => {
  const { pictures } = stage('AAAA')
  const hashes = Array.from({ length: 700 }, (_, index) => index.toString(16).padStart(40, '0'))
  for (const hash of hashes) pictures.show({ ...PLACE, hash })
  await vi.advanceTimersByTimeAsync(500)
  expect(pictures.urlOf(hashes[0] ?? '')).toBeUndefined()
  expect(pictures.urlOf(hashes[699] ?? '')).toBeDefined()
})

test('a contact’s is asked for by the address, and is another one once the contact says so', async () => {
  const person = { accountId: 1, jid: jid('juliet@capulet.example') }
  const bridge = createFakeBridge(
    {},
    { 'picture.fetchPerson': () => ({ type: 'image/png', base64: 'AAAA' }) },
  )
  const pictures = new PictureStore(createClient(bridge), drawn, () => Date.now())
  const change = (hash: string): void =>
    pictures.apply({ seq: 1, name: 'picture.changed', payload: { pictures: [{ ...person, hash }] } })
  pictures.start(makeSnapshot({ personPictures: [{ ...person, hash: HASH }] }))
  const shown = pictures.ofPerson(1, person.jid)
  expect(pictures.ofPerson(2, person.jid)).toBeUndefined()
  if (shown) pictures.show(shown)
  await vi.advanceTimersByTimeAsync(500)
  expect(bridge.inputsOf('picture.fetchPerson')).toEqual([{ ...person, hash: HASH }])
  change('b'.repeat(40))
  expect(pictures.ofPerson(1, person.jid)?.hash).toBe('b'.repeat(40))
  change('')
  expect(pictures.ofPerson(1, person.jid)).toBeUndefined()
})

test('which one a room announces is asked for once it was looked at for a moment, and rarely again', async () => {
  let hash: string | undefined = HASH
  const bridge = createFakeBridge({}, { 'picture.announced': () => hash })
  const { announced } = new PictureStore(createClient(bridge), drawn, () => Date.now())
  const look = async (place: Parameters<typeof announced.seek>[0], ms: number): Promise<void> => {
    const hide = announced.seek(place)
    await vi.advanceTimersByTimeAsync(ms)
    hide()
  }
  await look({ ...PLACE, ask: true }, 50)
  expect(bridge.inputsOf('picture.announced')).toEqual([])
  await look({ ...PLACE, ask: true }, 500)
  await look({ ...PLACE, ask: true }, 500)
  expect(bridge.inputsOf('picture.announced')).toEqual([{ ...PLACE, ask: true }])
  expect(announced.of(PLACE)).toEqual({ ...PLACE, hash: HASH })
  expect(announced.of({ ...PLACE, nick: 'juliet' })).toBeUndefined()
  hash = undefined
  await vi.advanceTimersByTimeAsync(60_000)
  await look(PLACE, 500)
  expect(announced.of(PLACE)).toBeUndefined()
})

/** Another subject (XEP-0045 §8.1): who asked for it hears whether the room took it. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { NOW, only, ROMEO, settle, setStage } from '../stage.ts'
import { enter, ROOM, subject } from './fake-room.ts'

beforeEach(() => vi.useFakeTimers({ now: NOW }))
afterEach(() => vi.useRealTimers())

async function asking() {
  const stage = setStage()
  const { stream, conversationId } = await enter(stage)
  const wish = stage.app.setSubject({ conversationId, subject: 'Lilies' })
  // Looked at below, whenever it is settled.
  wish.catch(() => undefined)
  await settle()
  const { id } = only(stream.sent(), 'message').attrs as { readonly id: string }
  return { stage, stream, conversationId, wish, id }
}

const refusal = (from: string, id: string): string =>
  `<message from='${from}' to='${ROMEO}/orchard' type='error' id='${id}'><subject>Lilies</subject>
    <error type='auth'><forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>`

describe('a wish for another subject', () => {
  test('is done when the room has said it to all', async () => {
    const { stage, stream, wish } = await asking()
    stream.receive(subject('Lilies', 'romeo'))
    await expect(wish).resolves.toBeUndefined()
    expect(stage.app.state().rooms[0]).toMatchObject({ subject: 'Lilies' })
  })

  test('is refused with the room’s reason, and that is no notice of another kind', async () => {
    const { stage, stream, wish, id } = await asking()
    stream.receive(refusal(ROOM, id))
    await expect(wish).rejects.toMatchObject({ data: { code: 'refused-by-server', condition: 'forbidden' } })
    expect(stage.app.state().feed).toEqual([])
  })

  test('is not refused by an occupant, nor for another stanza; a silent room is given up', async () => {
    const { stream, wish, id } = await asking()
    stream.receive(refusal(`${ROOM}/iago`, id))
    stream.receive(refusal(ROOM, 'other'))
    await settle(15_000)
    await expect(wish).rejects.toMatchObject({ data: { code: 'request-timeout' } })
  })

  test('gives way to a later one', async () => {
    const { stage, stream, conversationId, wish } = await asking()
    const later = stage.app.setSubject({ conversationId, subject: 'Thorns' })
    await expect(wish).resolves.toBeUndefined()
    await settle()
    stream.receive(subject('Thorns', 'romeo'))
    await expect(later).resolves.toBeUndefined()
  })
})

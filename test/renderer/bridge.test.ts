import { describe, expect, test } from 'vitest'
import type { AppEvent, EventBatch } from '../../src-main/contract/events.ts'
import type { Snapshot } from '../../src-main/contract/snapshot.ts'
import { BridgeError, createClient, errorDataOf } from '../../src-renderer/bridge.ts'
import { createFakeBridge, Refusal } from './fake-bridge.ts'
import { makeSnapshot } from './make.ts'

function removed(seq: number): AppEvent {
  return { seq, name: 'conversation.removed', payload: { conversationId: seq } }
}

function createRecorder() {
  const calls: (number | readonly number[])[] = []
  return {
    calls,
    start: (snapshot: Snapshot) => void calls.push(snapshot.seq),
    apply: (events: EventBatch) => void calls.push(events.map((event) => event.seq)),
  }
}

describe('invoke', () => {
  test('returns the value of a reply', async () => {
    const client = createClient(createFakeBridge({}, { 'message.retry': () => undefined }))
    await expect(client.invoke('message.retry', { messageId: 1 })).resolves.toBeUndefined()
  })

  test('throws the error of a reply, typed', async () => {
    const data = { code: 'sign-in-failed', problem: { code: 'credentials' } } as const
    const refuse = () => {
      throw new Refusal(data)
    }
    const client = createClient(createFakeBridge({}, { 'message.retry': refuse }))
    const error = await client.invoke('message.retry', { messageId: 1 }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(BridgeError)
    expect(errorDataOf(error)).toEqual(data)
  })

  test('an error of another kind is shown as internal', () => {
    expect(errorDataOf(new TypeError('no'))).toEqual({ code: 'internal', detail: 'TypeError: no' })
  })
})

describe('connectEvents', () => {
  test('subscribes before it asks for the snapshot', async () => {
    let listenersAtSnapshot = 0
    const bridge = createFakeBridge(
      {},
      { 'app.snapshot': () => ((listenersAtSnapshot = bridge.listeners), makeSnapshot()) },
    )
    await createClient(bridge).connectEvents(createRecorder())
    expect(listenersAtSnapshot).toBe(1)
  })

  test('events during the snapshot wait for it; what it contains already is dropped', async () => {
    const bridge = createFakeBridge(
      {},
      {
        'app.snapshot': () => {
          bridge.pushBatch([removed(9), removed(10)])
          bridge.pushBatch([removed(11), removed(12)])
          return makeSnapshot({ seq: 10 })
        },
      },
    )
    const recorder = createRecorder()
    await createClient(bridge).connectEvents(recorder)
    expect(recorder.calls).toEqual([10, [11, 12]])
  })

  test('later batches are applied once, also when they overlap', async () => {
    const bridge = createFakeBridge({ seq: 10 })
    const recorder = createRecorder()
    await createClient(bridge).connectEvents(recorder)
    bridge.pushBatch([removed(10), removed(11)])
    bridge.pushBatch([removed(11), removed(12)])
    bridge.pushBatch([removed(12)])
    expect(recorder.calls).toEqual([10, [11], [12]])
  })

  test('numbers that were for other windows are no gap', async () => {
    const bridge = createFakeBridge({ seq: 10 })
    const recorder = createRecorder()
    await createClient(bridge).connectEvents(recorder)
    bridge.pushBatch([removed(14)])
    bridge.pushBatch([removed(20)])
    expect(recorder.calls).toEqual([10, [14], [20]])
  })

  test('without a snapshot it is not left subscribed', async () => {
    const refuse = () => {
      throw new Refusal({ code: 'internal' })
    }
    const bridge = createFakeBridge({}, { 'app.snapshot': refuse })
    await expect(createClient(bridge).connectEvents(createRecorder())).rejects.toBeInstanceOf(BridgeError)
    expect(bridge.listeners).toBe(0)
  })

  test('the returned function ends it', async () => {
    const bridge = createFakeBridge()
    const recorder = createRecorder()
    const disconnect = await createClient(bridge).connectEvents(recorder)
    disconnect()
    bridge.pushBatch([removed(99)])
    expect(recorder.calls).toEqual([10])
  })
})

/** The emitter: order, unsubscribing, and listeners that throw. */
import { describe, expect, test } from 'vitest'
import { createEvents } from '../../src-main/domain/events.ts'
import { DEFAULT_SETTINGS } from '../../src-main/model/settings.ts'

const settings = { settings: DEFAULT_SETTINGS }

describe('events', () => {
  test('reach their listeners and those of all events, until these leave', () => {
    const events = createEvents(() => undefined)
    const seen: string[] = []
    const leave = events.on('account.removed', ({ accountId }) => void seen.push(`on ${accountId}`))
    const leaveAny = events.onAny((name) => void seen.push(`any ${name}`))
    events.emit('account.removed', { accountId: 1 })
    events.emit('settings.changed', settings)
    leave()
    leaveAny()
    events.emit('account.removed', { accountId: 2 })
    expect(seen).toEqual(['on 1', 'any account.removed', 'any settings.changed'])
  })

  test('that a listener emits come after the one that it reacts to, for everybody', () => {
    const events = createEvents(() => undefined)
    const seen: string[] = []
    events.on('account.removed', () => events.emit('settings.changed', settings))
    events.onAny((name) => void seen.push(name))
    events.emit('account.removed', { accountId: 1 })
    expect(seen).toEqual(['account.removed', 'settings.changed'])
  })

  test('go on after a listener that throws, which is logged', () => {
    const logged: unknown[] = []
    const events = createEvents(
      (_area, level, _message, fields) => void logged.push([level, fields?.['event']]),
    )
    const seen: number[] = []
    events.on('account.removed', () => {
      throw new Error('a fault')
    })
    events.on('account.removed', ({ accountId }) => void seen.push(accountId))
    events.emit('account.removed', { accountId: 1 })
    events.emit('account.removed', { accountId: 2 })
    expect(seen).toEqual([1, 2])
    expect(logged).toEqual([
      ['error', 'account.removed'],
      ['error', 'account.removed'],
    ])
  })

  test('reach a listener that leaves while it is called, once', () => {
    const events = createEvents(() => undefined)
    const seen: number[] = []
    const leave = events.on('account.removed', ({ accountId }) => {
      seen.push(accountId)
      leave()
    })
    events.on('account.removed', ({ accountId }) => void seen.push(accountId * 10))
    events.emit('account.removed', { accountId: 1 })
    events.emit('account.removed', { accountId: 2 })
    expect(seen).toEqual([1, 10, 20])
  })
})

import { describe, expect, test } from 'vitest'
import type { Jid } from '../../src-main/model/jid.ts'
import { buildDelay, parseDelays, trustedDelay, type Delay } from '../../src-main/protocol/xep-0203-delay.ts'
import { xml } from '../helpers/stanza.ts'

const jid = (text: string): Jid => text as Jid
const OWN_SERVER = jid('capulet.example')
const ROMEO = jid('romeo@montague.example/orchard')
const NOW = Date.UTC(2026, 5, 1)
const minutes = (count: number): number => count * 60_000

function timeOf(delays: readonly Delay[], trusted: readonly Jid[] = [OWN_SERVER, ROMEO]) {
  return trustedDelay({ from: ROMEO, delays }, { trusted: (from) => trusted.includes(from), nowMs: NOW })
}

describe('which delay stamp counts', () => {
  test('none: the stanza was sent now', () => {
    expect(timeOf([])).toBeUndefined()
    expect(trustedDelay({ from: ROMEO }, { trusted: () => true, nowMs: NOW })).toBeUndefined()
  })

  test('the one of our own server', () => {
    expect(timeOf([{ stampMs: NOW - minutes(9), from: OWN_SERVER }])).toBe(NOW - minutes(9))
  })

  test('not a stranger’s', () => {
    expect(timeOf([{ stampMs: NOW - minutes(9), from: jid('mallory@evil.example') }])).toBeUndefined()
  })

  test('one without from as the sender’s', () => {
    expect(timeOf([{ stampMs: NOW - minutes(9) }])).toBe(NOW - minutes(9))
    expect(timeOf([{ stampMs: NOW - minutes(9) }], [OWN_SERVER])).toBeUndefined()
  })

  test('the earliest of those trusted, wherever it stands', () => {
    const written: Delay = { stampMs: NOW - minutes(60), from: ROMEO }
    const stored: Delay = { stampMs: NOW - minutes(30), from: OWN_SERVER }
    const forged: Delay = { stampMs: NOW - minutes(90), from: jid('mallory@evil.example') }
    expect(timeOf([stored, forged, written])).toBe(NOW - minutes(60))
    expect(timeOf([written, stored, forged])).toBe(NOW - minutes(60))
  })

  test('not one from the future, but a clock that is a little ahead is now', () => {
    expect(timeOf([{ stampMs: NOW + minutes(6), from: OWN_SERVER }])).toBeUndefined()
    expect(timeOf([{ stampMs: NOW + minutes(4), from: OWN_SERVER }])).toBe(NOW)
  })
})

test('a stamp that we write is in UTC, names nobody, and reads back', () => {
  expect(String(buildDelay(NOW + 123))).toBe(
    '<delay xmlns="urn:xmpp:delay" stamp="2026-06-01T00:00:00.123Z"/>',
  )
  const stanza = xml`<message/>`
  stanza.append(buildDelay(NOW + 123))
  expect(parseDelays(stanza)).toEqual([{ stampMs: NOW + 123 }])
})

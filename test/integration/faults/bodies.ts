/** The words that romeo and juliet exchange under faults: numbered, so that a loss, a double or a wrong order shows. */
import { createHash } from 'node:crypto'

/** Short enough, with what waits, for one TLS record: the server reads a stanza whole or not at all. */
export function bodyOf(speaker: string, number: number): string {
  return number % 7 === 6 ? `${speaker} ${number} ${'🌹'.repeat(200)}` : `${speaker} ${number} but soft`
}

/** Longer than three TLS records: when the cable is cut in it, the server has read a part of the stanza. */
export function longBodyOf(speaker: string, number: number): string {
  return `${speaker} ${number} ${'🌹'.repeat(15_000)}`
}

/** A body short enough to be read in a failed comparison, and still different for every difference. */
export function labelOf(body: string): string {
  const [speaker = '', number = ''] = body.split(' ', 2)
  return `${speaker} ${number} ${createHash('sha1').update(body).digest('hex').slice(0, 6)}`
}

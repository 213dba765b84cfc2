/** What is to go wrong while two people talk, drawn from a seed. */
import { createRandom, type Random } from './random.ts'

export type Direction = 'to-server' | 'to-client'

/** Each begins so many bytes of XML after the one before it has ended. */
export type Fault = { readonly after: number; readonly direction: Direction } & (
  | { readonly kind: 'cut' | 'half-open' }
  /** Nothing goes either way for so long. */
  | { readonly kind: 'stall'; readonly ms: number }
  /** Acknowledgements of both sides are lost for so many bytes more; then the cable is cut. */
  | { readonly kind: 'drop-acks'; readonly bytes: number }
  /** As above, and at the resumption all that was not known to be acknowledged comes again. */
  | { readonly kind: 'replay'; readonly bytes: number }
  /** Cut, and the server does not know the session any more. */
  | { readonly kind: 'refuse' }
  /** Cut, and for so long nobody gets through. */
  | { readonly kind: 'unplug'; readonly ms: number }
  /** So much later Linnet is killed, and started again on what it has on the disk. */
  | { readonly kind: 'kill'; readonly ms: number }
)

/** Where the server says that it wants to be met again (XEP-0198 §3). */
export type Location = 'unsaid' | 'elsewhere' | 'nobody' | 'stranger'

export interface Part {
  readonly transport: 'tcp' | 'websocket'
  readonly faults: readonly Fault[]
  readonly location: Location
  /** Pauses before each message, in milliseconds. */
  readonly pauses: readonly number[]
}

export interface Schedule {
  readonly seed: number
  readonly parts: readonly [Part, Part]
}

const MESSAGES = 12
const FAULTS = 3
const KILLS = 2

/** Bytes of XML that signing in and a few words take either way, and some more. */
const CUT_BYTES = 6000
/** How many schedules there are with one cut: at each byte, in each direction, over TCP and over WebSocket. */
export const CUTS = 4 * CUT_BYTES
/** Above all seeds that are drawn: accounts are named by it. */
const FIRST_CUT = 10_000_000_000

/** Of those with one cut the n-th; directions and transports take turns. */
export function cutSchedule(number: number): Schedule {
  const direction = number % 2 === 0 ? 'to-server' : 'to-client'
  const transport = (number >> 1) % 2 === 0 ? 'tcp' : 'websocket'
  const talk = { transport, location: 'unsaid', pauses: [5, 5, 5, 5, 5, 5] } as const
  const cut = { kind: 'cut', after: 1 + (number >> 2), direction } as const
  return {
    seed: FIRST_CUT + number,
    parts: [
      { ...talk, faults: [cut] },
      { ...talk, faults: [] },
    ],
  }
}

export function drawSchedule(seed: number): Schedule {
  const random = createRandom(seed)
  return { seed, parts: [drawPart(random), drawPart(random)] }
}

function drawPart(random: Random): Part {
  const draw = <T>(count: number, one: () => T): T[] => Array.from({ length: count }, one)
  const faults = draw(random.between(0, FAULTS), () => drawFault(random))
  const location = random.of(['unsaid', 'unsaid', 'elsewhere', 'nobody', 'stranger'] as const)
  const pauses = draw(random.between(1, MESSAGES), () => random.between(0, 20))
  const transport = random.of(['tcp', 'tcp', 'websocket'] as const)
  // A process of its own is dear: one in eight has it.
  const kills = random.between(1, 8) === 1 ? draw(random.between(1, KILLS), () => drawKill(random)) : []
  return { transport, faults: mix(random, faults, kills), location, pauses }
}

/** Each of `more` somewhere among the others. */
function mix(random: Random, faults: readonly Fault[], more: readonly Fault[]): Fault[] {
  const mixed = [...faults]
  for (const fault of more) mixed.splice(random.between(0, mixed.length), 0, fault)
  return mixed
}

function drawKill(random: Random): Fault {
  return { ...drawPlace(random), kind: 'kill', ms: random.between(0, 30) }
}

function drawPlace(random: Random): Pick<Fault, 'after' | 'direction'> {
  return { after: random.between(1, 6000), direction: random.of(['to-server', 'to-client'] as const) }
}

function drawFault(random: Random): Fault {
  const place = drawPlace(random)
  const kind = random.of([
    'cut',
    'cut',
    'cut',
    'half-open',
    'stall',
    'drop-acks',
    'replay',
    'refuse',
    'unplug',
  ] as const)
  switch (kind) {
    case 'stall':
    case 'unplug':
      return { ...place, kind, ms: random.between(1, 300) }
    case 'drop-acks':
    case 'replay':
      return { ...place, kind, bytes: random.between(1, 3000) }
    default:
      return { ...place, kind }
  }
}

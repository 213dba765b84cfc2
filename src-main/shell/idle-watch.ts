/**
 * How long nobody has been at the computer, from what the system tells of keyboard, mouse and lock, by the user's rules.
 * Without a timer and a clock of its own: `look` is called again and again.
 */
import type { AwayRules, Idle } from '../model/availability.ts'

export interface IdleReading {
  /** Since the last touch, as the system says; 0 also where it does not know (Wayland without the interface for it). */
  readonly idleSeconds: number
  readonly locked: boolean
}

export interface IdleWatchOptions {
  readonly read: () => IdleReading
  readonly rules: () => AwayRules
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly onChange: (idle: Idle) => void
  /** Whether this system tells at all. */
  readonly onSource: (works: boolean) => void
}

export interface IdleWatch {
  look(): void
  idle(): Idle
}

/**
 * Nobody touches something in every second of five minutes, so as many looks that all say 0 come from a system that does
 * not know. One that says more settles it for good.
 */
const SILENT_AFTER_MS = 5 * 60_000
const MINUTE_MS = 60_000
/** Seconds are rounded anew at each look: that moves no moment. */
const SAME_MOMENT_MS = 2000

export function createIdleWatch({ read, rules, now, onChange, onSource }: IdleWatchOptions): IdleWatch {
  let idle: Idle = { level: 'active' }
  let lockedSince: number | undefined
  let source: 'unknown' | 'silent' | 'works' = 'unknown'
  let silentSince: number | undefined

  function judgeSource({ idleSeconds, locked }: IdleReading, time: number): void {
    if (source === 'works') return
    if (idleSeconds > 0) {
      if (source === 'silent') onSource(true)
      source = 'works'
      return
    }
    // Behind a lock nobody can tell either.
    silentSince = locked ? undefined : (silentSince ?? time)
    if (source === 'silent' || silentSince === undefined || time - silentSince < SILENT_AFTER_MS) return
    source = 'silent'
    onSource(false)
  }

  return {
    idle: () => idle,
    look() {
      const reading = read()
      const time = now()
      judgeSource(reading, time)
      lockedSince = reading.locked ? (lockedSince ?? time) : undefined
      const next = judge(reading, { rules: rules(), time, lockedSince })
      if (isSame(idle, next)) return
      idle = next
      onChange(next)
    },
  }
}

interface Moment {
  readonly rules: AwayRules
  readonly time: number
  readonly lockedSince: number | undefined
}

/** A lock is away at once, if it counts; away for long comes after the longer time, counted from the last touch. */
function judge({ idleSeconds }: IdleReading, { rules, time, lockedSince }: Moment): Idle {
  if (!rules.enabled) return { level: 'active' }
  const touched = time - idleSeconds * 1000
  const isLocked = rules.whenLocked && lockedSince !== undefined
  const since = isLocked ? Math.min(touched, lockedSince) : touched
  const goneMs = time - since
  if (rules.xaMinutes > 0 && goneMs >= rules.xaMinutes * MINUTE_MS) return { level: 'xa', since }
  return isLocked || goneMs >= rules.awayMinutes * MINUTE_MS ? { level: 'away', since } : { level: 'active' }
}

function isSame(one: Idle, other: Idle): boolean {
  if (one.level === 'active' || other.level === 'active') return one.level === other.level
  return one.level === other.level && Math.abs(one.since - other.since) <= SAME_MOMENT_MS
}

/**
 * Away by itself: what the shell sees of keyboard and mouse changes what others see, never what the user chose. In memory
 * only: a restart is somebody at the computer.
 */
import type { AwayRules, Idle } from '../../model/availability.ts'
import { tellAllClientStates } from '../devices/client-state.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import { automaticShow } from './automatic-show.ts'

/** Tells the servers only what changes for those who look. */
export function setIdle(tools: Tools, sessions: Sessions, idle: Idle): void {
  const { storage, availability, events } = tools
  const chosen = storage.getOwnPresence()
  const before = automaticShow(chosen, availability.idle)
  const ownBefore = automaticOwn(tools)
  availability.idle = idle
  tellAllClientStates(tools, sessions)
  const automatic = automaticShow(chosen, idle)
  if (automatic !== before) events.emit('presence.automaticChanged', { automatic })
  else if (automaticOwn(tools) === ownBefore) return
  for (const session of sessions.all()) session.announcePresence()
}

/** What others see in place of what was chosen for single accounts, as one text to compare. */
function automaticOwn({ storage, availability }: Tools): string {
  return storage
    .listAccountPresences()
    .map(({ presence }) => automaticShow(presence, availability.idle))
    .join()
}

export function setIdleSource({ availability, events }: Tools, works: boolean): void {
  if (availability.idleSourceWorks === works) return
  availability.idleSourceWorks = works
  events.emit('presence.idleSourceChanged', { works })
}

/** The shell hears of it and looks anew. */
export function setAwayRules(tools: Tools, sessions: Sessions, rules: AwayRules): void {
  const { tellSince } = tools.storage.getAwayRules()
  tools.storage.setAwayRules(rules)
  tools.events.emit('presence.awayRulesChanged', { rules })
  // Said until now, or not said: that changes for those who see us away at this moment.
  const chosen = [
    tools.storage.getOwnPresence(),
    ...tools.storage.listAccountPresences().map((own) => own.presence),
  ]
  const isAway = chosen.some((presence) => automaticShow(presence, tools.availability.idle))
  if (tellSince !== rules.tellSince && isAway) {
    for (const session of sessions.all()) session.announcePresence()
  }
}

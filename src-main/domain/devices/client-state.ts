/**
 * Whether the user looks at Linnet, told to the servers (XEP-0352), so that they may keep back what matters to eyes alone.
 * It has nothing to do with the presence that others see.
 */
import type { Link } from '../link.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'

/** What a stream was told last; every stream begins as active (§4.2). */
const told = new WeakMap<Link, boolean>()

/** The shell sees it: a window of ours can be looked at, or none can. */
export function setVisible(tools: Tools, sessions: Sessions, visible: boolean): void {
  tools.availability.visible = visible
  tellAllClientStates(tools, sessions)
}

/** After anything that it depends on has changed. */
export function tellAllClientStates(tools: Tools, sessions: Sessions): void {
  for (const session of sessions.all()) {
    const link = session.online()
    if (link !== undefined) tellClientState(tools, link)
  }
}

export function tellClientState({ availability }: Tools, link: Link): void {
  const active = availability.visible && availability.idle.level === 'active'
  if ((told.get(link) ?? true) === active) return
  told.set(link, active)
  link.stream.setActive(active)
}

/** §5.2: "the CSI state is not restored". */
export function tellResumed(tools: Tools, link: Link): void {
  told.delete(link)
  tellClientState(tools, link)
}

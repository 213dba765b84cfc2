/** Whether the list of occupants stands beside a room: as it was left, on this computer. */

const KEY = 'rooms.people'
/** Narrower windows begin without it. */
const WIDE_PX = 1100

export class PeopleShown {
  shown = $state(false)

  constructor(private readonly memory: Pick<Storage, 'getItem' | 'setItem'>) {
    const kept = memory.getItem(KEY)
    this.shown = window.innerWidth >= WIDE_PX && kept !== 'no'
  }

  set(shown: boolean): void {
    this.shown = shown
    if (window.innerWidth >= WIDE_PX) this.memory.setItem(KEY, shown ? 'yes' : 'no')
  }
}

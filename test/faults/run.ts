/** Runs a schedule: two new accounts talk while it goes wrong, and in the end both have the same history. */
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startFaultProxy, type FaultProxy } from '../helpers/fault-proxy.ts'
import { createMortal, type Mortal } from './mortal.ts'
import { createPerson, type Person } from './person.ts'
import type { Part, Schedule } from './schedule.ts'
import type { Ground } from './ground.ts'

const PASSWORD = 'wherefore'
const SETTLE_MS = 60_000
const MORE_EVERY_MS = 200
const MOST_MORE = 100
const LOOK_EVERY_MS = 200
/** Cut in the middle, such a one is a part of a stanza to the server, and of a character to both. */
const LONG = '🌹'.repeat(600)

interface Scene {
  readonly people: readonly Person[]
  readonly proxies: readonly FaultProxy[]
}

/** What is wrong, in words, with all that happened; undefined: nothing. */
export async function runSchedule(ground: Ground, schedule: Schedule): Promise<string | undefined> {
  const folder = join(ground.folder, `schedule-${schedule.seed}`)
  mkdirSync(folder)
  const { people, proxies } = await gather(ground, schedule, folder)
  try {
    await Promise.all(people.map((person, index) => talk(person, index, schedule.parts[index])))
    await untilAllIsWrong(people, proxies)
    for (const proxy of proxies) proxy.calm()
    // What comes twice, late, comes before these.
    people.forEach((person, index) => person.say(`${index} that is all`))
    const wrong = await settle(people)
    return wrong === undefined ? undefined : tell(schedule, wrong, { people, proxies })
  } finally {
    await Promise.all(people.map((person) => person.leave()))
    await Promise.all(proxies.map((proxy) => proxy.close()))
    rmSync(folder, { recursive: true })
  }
}

/** Two new accounts that know each other, each behind a cable of its own; who is to be killed in a process of its own. */
async function gather(
  { server, ...ground }: Ground,
  { seed, parts }: Schedule,
  folder: string,
): Promise<Scene> {
  const names = ['romeo', 'juliet'].map((name) => `${name}-${seed}`)
  const addresses = names.map((name) => `${name}@${server.domain}`)
  names.forEach((name, index) => {
    server.addUser(name, PASSWORD)
    server.setRoster(name, [{ jid: addresses[1 - index] ?? '' }])
  })
  const mortals = new Map<number, Mortal>()
  const proxies = await Promise.all(
    parts.map((part, index) =>
      startFaultProxy({ ...ground.proxyFor(part), onKill: () => mortals.get(index)?.die() }),
    ),
  )
  const people = parts.map(({ faults, location, transport }, index) => {
    const file = join(folder, `${names[index]}.db`)
    copyFileSync(ground.database, file)
    proxies[index]?.begin(faults, location)
    const options = {
      ...{ file, password: PASSWORD, ca: ground.ca, transport, port: proxies[index]?.port ?? 0 },
      ...{ jid: addresses[index] ?? '', counterpart: addresses[1 - index] ?? '' },
    }
    if (!faults.some(({ kind }) => kind === 'kill')) return createPerson(options)
    const mortal = createMortal(ground.program, options)
    mortals.set(index, mortal)
    return mortal
  })
  return { people, proxies }
}

async function talk(person: Person, who: number, part: Part | undefined): Promise<void> {
  for (const [index, pause] of (part?.pauses ?? []).entries()) {
    await sleep(pause)
    person.say(`${who} ${index}${index % 4 === 3 ? ` ${LONG}` : ''}`)
  }
}

/** Goes on talking until each fault has come about: they wait for bytes, and signing in takes its time. */
async function untilAllIsWrong(people: readonly Person[], proxies: readonly FaultProxy[]): Promise<void> {
  for (let more = 0; more < MOST_MORE && proxies.some(({ left }) => left > 0); more += 1) {
    await sleep(MORE_EVERY_MS)
    people.forEach((person, who) => person.say(`${who} more ${more}`))
  }
}

/** Waits until both histories are the same, and all is sent; says what is not when nothing has changed for long. */
async function settle(people: readonly Person[]): Promise<string | undefined> {
  let [wrong, seen, since] = [compare(people), '', Date.now()]
  while (wrong !== undefined && Date.now() - since < SETTLE_MS) {
    await sleep(LOOK_EVERY_MS)
    const now = `${wrong} ${people.map(({ story }) => story.length).join(' ')} ${people.map(tally).join('')}`
    if (now !== seen) [seen, since] = [now, Date.now()]
    wrong = compare(people)
  }
  return wrong
}

function compare(people: readonly Person[]): string | undefined {
  const [one, other] = people.map((person) => person.history())
  if (one === undefined || other === undefined) return 'nobody is there'
  return (
    differ('romeo to juliet', one.said, other.heard) ??
    differ('juliet to romeo', other.said, one.heard) ??
    ([...one.states, ...other.states].every((state) => state === 'sent') ? undefined : 'not all is sent')
  )
}

function differ(what: string, said: readonly string[], heard: readonly string[]): string | undefined {
  if (JSON.stringify(said) === JSON.stringify(heard)) return undefined
  const words = (bodies: readonly string[]) => bodies.map((body) => body.slice(0, 14)).join(', ')
  return `${what}\n  said  ${words(said)}\n  heard ${words(heard)}`
}

function tell(schedule: Schedule, wrong: string, { people, proxies }: Scene): string {
  const file = join(tmpdir(), `linnet-schedule-${schedule.seed}.log`)
  writeFileSync(file, proxies.flatMap(({ wire }, index) => [`== ${index}`, ...wire.lines()]).join('\n'))
  const stories = people.map(
    (person, index) =>
      `${index}: ${JSON.stringify(schedule.parts[index])}\n  ${proxies[index]?.story.join(' | ')}\n  ${person.story.join(' | ')}\n  ${tally(person)}`,
  )
  return [`seed ${schedule.seed}: ${wrong}`, ...stories, `on the wire: ${file}`].join('\n')
}

/** How many of one's own are in which state, but for those that are sent. */
function tally(person: Person): string {
  const { said, states } = person.history()
  return said
    .flatMap((body, index) => (states[index] === 'sent' ? [] : [`${body.slice(0, 14)}: ${states[index]}`]))
    .join(', ')
}

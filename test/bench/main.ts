/**
 * `npm run bench`: how fast and how small Linnet is, in one table. `npm run bench -- NAME …` runs these parts alone, in
 * this order; `--messages N` sets the size of the large database. A time never decides a test.
 */
import { parseArgs } from 'node:util'
import { measureCatchUp } from './catch-up.ts'
import { toTable, type Figure } from './figures.ts'
import { databaseOf, measureLongHistory, measureRoomHistory, measureScrolling } from './history.ts'
import { measureCrowdedRoom, measureManyRooms } from './rooms.ts'
import { fillHistory } from './search.ts'
import { measureStartup } from './startup.ts'

const { values, positionals } = parseArgs({
  options: { messages: { type: 'string', default: '1000000' } },
  allowPositionals: true,
})
const messages = Number(values.messages)

const parts: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  'catch-up': () => measureCatchUp([10_000, 50_000]),
  history: () => measureLongHistory(messages),
  scroll: () => measureScrolling(Math.min(messages, 100_000)),
  startup: () =>
    measureStartup({
      name: `database of ${messages} messages`,
      fill: (profile) => fillHistory(databaseOf(profile), messages),
    }),
  'crowded-room': measureCrowdedRoom,
  'room-history': () => measureRoomHistory(Math.min(messages, 200_000)),
  'many-rooms': measureManyRooms,
}

const unknown = positionals.filter((name) => !(name in parts))
if (unknown.length > 0) throw new Error(`There are these parts: ${Object.keys(parts).join(', ')}`)
const figures: Figure[] = []
for (const [name, measure] of Object.entries(parts)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  console.log(`Measuring ${name} …`)
  figures.push(...(await measure()))
}
console.log(`\n${toTable(figures)}`)

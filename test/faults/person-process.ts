/** One of two who talk, as a process that may be killed (see mortal.ts). Ends when nobody is there to speak to it. */
import { createPerson, type PersonOptions } from './person.ts'

/** What it is told: words to say, or undefined to end in order. What it tells: a line of its story. */
export interface Told {
  readonly say?: string
}

const tell = (line: string): void => void process.send?.(line)
const person = createPerson(JSON.parse(process.argv[2] ?? '{}') as PersonOptions, tell)

process.on('message', ({ say }: Told) => {
  if (say === undefined) void person.leave().then(() => process.exit(0))
  else person.say(say)
})
process.on('disconnect', () => process.exit(1))

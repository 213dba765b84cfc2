/** What this computer's user does with emoji: the skin tone they chose and what they used last. Kept by the window. */

const KEY = 'linnet.emoji'
const MOST_RECENT = 27
const LONGEST = 64

/** 0: none, as the emoji is; 1 to 5 from light to dark. */
export type Tone = 0 | 1 | 2 | 3 | 4 | 5
export const TONES: readonly Tone[] = [0, 1, 2, 3, 4, 5]

interface Kept {
  readonly tone: Tone
  readonly recent: readonly string[]
}

export class EmojiHabits {
  tone = $state<Tone>(0)
  /** The latest first, as they were inserted. */
  recent = $state.raw<readonly string[]>([])

  constructor(private readonly store: Pick<Storage, 'getItem' | 'setItem'>) {
    const { tone, recent } = readKept(store)
    this.tone = tone
    this.recent = recent
  }

  setTone(tone: Tone): void {
    this.tone = tone
    this.#keep()
  }

  use(text: string): void {
    this.recent = [text, ...this.recent.filter((one) => one !== text)].slice(0, MOST_RECENT)
    this.#keep()
  }

  #keep(): void {
    try {
      this.store.setItem(KEY, JSON.stringify({ tone: this.tone, recent: this.recent } satisfies Kept))
    } catch {
      // Full or refused: then it is known until the window goes.
    }
  }
}

/** What is not as it should be counts as nothing. */
function readKept(store: Pick<Storage, 'getItem'>): Kept {
  const { tone, recent } = parsed(store)
  return {
    tone: TONES.find((one) => one === tone) ?? 0,
    recent: (Array.isArray(recent) ? recent : [])
      .filter((one): one is string => typeof one === 'string' && one.length <= LONGEST)
      .slice(0, MOST_RECENT),
  }
}

function parsed(store: Pick<Storage, 'getItem'>): Partial<Record<keyof Kept, unknown>> {
  try {
    const kept: unknown = JSON.parse(store.getItem(KEY) ?? '{}')
    return typeof kept === 'object' && kept !== null ? kept : {}
  } catch {
    return {}
  }
}

/** Linnet's own sound, two notes of a bird, made as it is played: no file, no request. */

/** Hertz, and when each begins, in seconds. */
const NOTES = [
  { from: 1175, to: 1568, at: 0 },
  { from: 1568, to: 1397, at: 0.11 },
] as const
const NOTE_SECONDS = 0.18
/** The rest is the system's volume. */
const LOUDNESS = 0.14

/** Ends by itself; a second one while it sounds is not heard twice. */
export function createChime(): () => void {
  let context: AudioContext | undefined
  return () => {
    if (context !== undefined) return
    const playing = new AudioContext()
    context = playing
    const notes = NOTES.map((note) => play(playing, note))
    notes.at(-1)?.addEventListener('ended', () => {
      context = undefined
      void playing.close()
    })
  }
}

function play(context: AudioContext, { from, to, at }: (typeof NOTES)[number]): OscillatorNode {
  const start = context.currentTime + at
  const oscillator = new OscillatorNode(context, { type: 'sine', frequency: from })
  oscillator.frequency.exponentialRampToValueAtTime(to, start + NOTE_SECONDS)
  const gain = new GainNode(context, { gain: 0 })
  gain.gain.setValueAtTime(0, start)
  gain.gain.linearRampToValueAtTime(LOUDNESS, start + 0.015)
  gain.gain.exponentialRampToValueAtTime(0.0001, start + NOTE_SECONDS)
  oscillator.connect(gain).connect(context.destination)
  oscillator.start(start)
  oscillator.stop(start + NOTE_SECONDS)
  return oscillator
}

/** What to do with a challenge, where the server says nothing of it: what XEP-0158 §5.3 suggests. */
import type { Challenge } from '../../../src-main/model/form.ts'
import type { TextKey, Translate } from '../../../src-main/text/text.ts'

const LABELS: Readonly<Record<Challenge, TextKey>> = {
  audio_recog: 'registration.challengeAudio',
  ocr: 'registration.challengeOcr',
  picture_q: 'registration.challengeQuestion',
  picture_recog: 'registration.challengePicture',
  qa: 'registration.challengeAnswer',
  speech_q: 'registration.challengeSpokenQuestion',
  speech_recog: 'registration.challengeSpeech',
  video_q: 'registration.challengeVideoQuestion',
  video_recog: 'registration.challengeVideo',
}

export function challengeLabels(t: Translate): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(LABELS).map(([name, key]) => [name, t(key)]))
}

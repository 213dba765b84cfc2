/** Who plays in the demo and what they say. */
export const DOMAIN = 'verona.example'
export const PASSWORD = 'wherefore-art-thou'

export interface Person {
  readonly name: string
  readonly fullName: string
  readonly groups: readonly string[]
  /** Presence they show, if they are there at all. */
  readonly show?: '' | 'chat' | 'away' | 'xa' | 'dnd'
  readonly status?: string
  /** Said in turn as answers to what they are told. */
  readonly answers: readonly string[]
}

export const PEOPLE: readonly Person[] = [
  {
    name: 'juliet',
    fullName: 'Juliet Capulet',
    groups: ['Friends'],
    show: '',
    status: 'on the balcony',
    answers: [
      'O gentle Romeo, if thou dost love, pronounce it faithfully.',
      'Three words, dear Romeo, and good night indeed.',
      'How silver-sweet sound lovers’ tongues by night 🌙',
      'What o’clock tomorrow shall I send to thee?',
      '今晚八点，老地方？',
      'Good night, good night! Parting is such sweet sorrow.',
    ],
  },
  {
    name: 'nurse',
    fullName: 'Nurse',
    groups: ['Friends'],
    show: 'away',
    status: 'at the market',
    answers: [
      'Now God in heaven bless thee! Hark you, sir.',
      'I will tell her, sir, that you do protest.',
      'Is your man secret? Did you ne’er hear say, two may keep counsel, putting one away?',
    ],
  },
  { name: 'benvolio', fullName: 'Benvolio Montague', groups: ['Family'], show: 'chat', status: '', answers: ['Here comes the furious Tybalt back again.'] },
  { name: 'mercutio', fullName: 'Mercutio', groups: ['Friends'], show: 'dnd', status: 'Writing about Queen Mab', answers: ['O, then I see Queen Mab hath been with you.'] },
  { name: 'laurence', fullName: 'Friar Laurence', groups: ['Verona'], answers: [] },
  { name: 'balthasar', fullName: 'Balthasar', groups: ['Family'], show: 'xa', status: 'On the road to Mantua', answers: ['I bring thee tidings of the prince’s doom.'] },
] // prettier-ignore

/** Past talk: days ago, time of day, who spoke (empty: Romeo), what. Oldest first for each person. */
export const HISTORY: Readonly<Record<string, readonly (readonly [number, string, string, string])[]>> = {
  juliet: [
    [3, '21:04', 'juliet', 'What man art thou that, thus bescreened in night, so stumblest on my counsel?'],
    [3, '21:05', '', 'By a name I know not how to tell thee who I am.'],
    [2, '22:31', 'juliet', 'Art thou not Romeo, and a Montague?'],
    [2, '22:31', 'juliet', 'How camest thou hither, tell me, and wherefore? The orchard walls are high and hard to climb, and the place death, considering who thou art.'],
    [2, '22:36', '', 'With love’s light wings did I o’erperch these walls'],
    [2, '22:36', '', 'For stony limits cannot hold love out'],
    [1, '23:02', 'juliet', 'If they do see thee, they will murder thee.'],
    [1, '23:03', '', 'Alack, there lies more peril in thine eye than twenty of their swords!'],
  ],
  nurse: [
    [2, '09:12', 'nurse', 'Jesu, what haste! Can you not stay awhile?'],
    [1, '12:30', '', 'Commend me to thy lady.'],
  ],
  benvolio: [[4, '08:55', 'benvolio', 'Good morrow, cousin.'], [4, '08:57', '', 'Is the day so young?']],
  mercutio: [[1, '17:40', 'mercutio', 'If love be rough with you, be rough with love.']],
  laurence: [[6, '07:20', 'laurence', 'Wisely and slow; they stumble that run fast. https://en.wikipedia.org/wiki/Romeo_and_Juliet']],
} // prettier-ignore

/** Left while Romeo was away; the server keeps them for him, with the time they were said. */
export const WHILE_AWAY: readonly (readonly [string, string])[] = [
  ['juliet', 'Three words, dear Romeo'],
  ['juliet', 'Art thou gone so, love, lord, ay husband, friend?'],
  ['nurse', 'Here, sir, a ring she bid me give you. 💍'],
]

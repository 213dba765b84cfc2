/** What an account tells of its owner: plain types. The picture itself: picture.ts. */

export const AUDIENCES = ['contacts', 'everybody'] as const

/** Who may see the picture. Everybody: who knows the address, and people in rooms. */
export type Audience = (typeof AUDIENCES)[number]

export interface OwnProfile {
  /** What we call ourselves; empty: nothing. */
  readonly name: string
  readonly audience: Audience
  /** False: the server shows pictures to everybody. */
  readonly canChooseAudience: boolean
}

/** Pictures: the user's verbs, and what a window starts with. */
import type { PicturesState } from '../../model/picture.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import { withUserErrorsAsync } from '../user-errors.ts'
import { announcedPicture } from './announced-by.ts'
import { fetchPicture } from './fetch.ts'
import { fetchPersonPicture } from './person.ts'
import type { PicturesVerbs } from './verbs.types.ts'

export function readPicturesState({ storage }: Tools): PicturesState {
  return { personPictures: storage.listPersonPictures() }
}

export function createPicturesVerbs(tools: Tools, sessions: Sessions): PicturesVerbs {
  return {
    announcedPicture: (input) => withUserErrorsAsync(() => announcedPicture(tools, sessions, input)),
    fetchPicture: (input) => withUserErrorsAsync(() => fetchPicture(tools, sessions, input)),
    fetchPersonPicture: (input) => withUserErrorsAsync(() => fetchPersonPicture(tools, sessions, input)),
  }
}

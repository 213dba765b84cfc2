/** Pictures: what the shell may call. Rejects with UserError. */
import type { CheckedInput } from '../../contract/commands.ts'
import type { ShownPicture } from '../../model/picture.ts'

export interface PicturesVerbs {
  announcedPicture(input: CheckedInput<'picture.announced'>): Promise<string | undefined>
  fetchPersonPicture(input: CheckedInput<'picture.fetchPerson'>): Promise<ShownPicture | undefined>
  fetchPicture(input: CheckedInput<'picture.fetch'>): Promise<ShownPicture | undefined>
}

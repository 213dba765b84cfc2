/** Pictures: its part of the table of commands. */
import type { picturesCommands } from '../../../contract/commands/pictures.ts'
import type { Handlers } from '../../../contract/commands.ts'
import type { HandlerTools } from '../handler-tools.ts'

export function createPicturesHandlers({ app }: HandlerTools): Pick<Handlers, keyof typeof picturesCommands> {
  return {
    'picture.announced': (input) => app.announcedPicture(input),
    'picture.fetch': (input) => app.fetchPicture(input),
    'picture.fetchPerson': (input) => app.fetchPersonPicture(input),
  }
}

/** Reads an XML document as any other program would: strictly, by the library itself. */
import { SaxesParser } from 'saxes'

/** Names of the elements in the root; throws where it is not well-formed. */
export function parseDocument(text: string): readonly string[] {
  const parser = new SaxesParser({ xmlns: true })
  const names: string[] = []
  let depth = 0
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name }) => {
    if (depth++ === 1) names.push(name)
  })
  parser.on('closetag', () => void depth--)
  parser.write(text).close()
  return names
}

/** The XML library's two names, so that nothing else names it. */
import xml from '@xmpp/xml'

export { xml }
export type { Element } from '@xmpp/xml'

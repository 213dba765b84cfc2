/** XEP-0045 §7.10, §7.12: the nick that a room keeps for us, by registration. */
import type { BareJid } from '../../model/jid.ts'
import type { Registration } from '../../model/services.ts'
import { StanzaError } from '../errors.ts'
import type { Iq } from '../iq.ts'
import { fetchDiscoInfo } from '../xep-0030-service-discovery.ts'
import { saneNick } from './foreign.ts'

const NODE = 'x-roomuser-item'

/** Undefined where there is none, or the service knows no such thing. Rejects with RequestTimeout. */
export async function fetchReservedNick(iq: Iq, room: BareJid): Promise<string | undefined> {
  try {
    const { identities } = await fetchDiscoInfo(iq, room, NODE)
    return identities.map(({ name }) => saneNick(name)).find((name) => name !== undefined)
  } catch (error) {
    if (error instanceof StanzaError) return undefined
    throw error
  }
}

/**
 * The nick in an answer of fetchRegistration (XEP-0077), by which one registers with a room: §7.10 has it as a user name,
 * rooms in the form as well.
 */
export function registeredNick({ registered, form }: Registration): string | undefined {
  const names = ['username', 'nick', 'muc#register_roomnick']
  const field = registered ? form?.fields.find(({ name }) => names.includes(name)) : undefined
  return saneNick(field?.values[0])
}

/** XEP-0045 §7.13, §8.6, §9.9: asking to be heard, and answering who asks to be heard or to belong. */
import type { DataForm, FieldAnswer } from '../../model/form.ts'
import { parseJid, type BareJid } from '../../model/jid.ts'
import { present } from '../stanza.ts'
import { buildSubmit, NS as NS_FORMS, parseForm } from '../xep-0004-data-forms.ts'
import { xml, type Element } from '../xml.ts'
import { roomSpeaking, saneNick } from './foreign.ts'
import type { RoomRequest } from './muc.types.ts'
import { FORM_REGISTER, FORM_REQUEST } from './namespaces.ts'

/** Of each kind: its FORM_TYPE, who asks, and what is answered (§16.5). */
const KINDS = {
  voice: { formType: FORM_REQUEST, nick: 'muc#roomnick', jid: 'muc#jid', allow: 'muc#request_allow' },
  registration: {
    formType: FORM_REGISTER,
    nick: 'muc#register_roomnick',
    jid: 'muc#register_jid',
    allow: 'muc#register_allow',
  },
} as const

/** A visitor's wish to be heard (§7.13). What comes of it is a presence with another role, or nothing. */
export function buildVoiceRequest(room: BareJid, id: string): Element {
  const form = buildSubmit([
    { name: 'FORM_TYPE', type: 'hidden', values: [FORM_REQUEST] },
    { name: 'muc#role', type: 'list-single', values: ['participant'] },
  ])
  return xml('message', { to: room, id }, form)
}

/** Undefined from anybody but the room, and where there is nothing to allow. */
export function parseRoomRequest(message: Element): RoomRequest | undefined {
  if (message.getChild('x', NS_FORMS) === undefined) return undefined
  const room = roomSpeaking(message)
  const form = room === undefined ? undefined : parseForm(message)
  if (room === undefined || form?.type !== 'form') return undefined
  const kind = kindOf(form)
  if (kind === undefined) return undefined
  return {
    room,
    kind,
    ...present('nick', saneNick(valueOf(form, KINDS[kind].nick))),
    ...present('jid', parseJid(valueOf(form, KINDS[kind].jid) ?? '')),
    form,
  }
}

function kindOf(form: DataForm): RoomRequest['kind'] | undefined {
  const type = valueOf(form, 'FORM_TYPE')
  const kind = (['voice', 'registration'] as const).find((known) => KINDS[known].formType === type)
  const isAsked = kind !== undefined && form.fields.some(({ name }) => name === KINDS[kind].allow)
  return isAsked ? kind : undefined
}

function valueOf(form: DataForm, name: string): string | undefined {
  return form.fields.find((field) => field.name === name)?.values[0]
}

/** The form as it came with yes or no in it; passing it over in silence is a no as well (§8.6). */
export function buildRequestAnswer({ room, kind, form }: RoomRequest, allow: boolean, id: string): Element {
  const answers = form.fields.map(({ name, type, values }): FieldAnswer => {
    return { name, type, values: name === KINDS[kind].allow ? [String(allow)] : values }
  })
  return xml('message', { to: room, id }, buildSubmit(answers))
}

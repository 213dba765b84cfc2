/** A room that is ours, on a stage: what it offers to be set, and who asks what of it. */
import type { Element } from '../../../src-main/protocol/xml.ts'
import type { FakeStream } from '../../helpers/fake-stream.ts'
import { setStage, type Stage } from '../stage.ts'
import { COVEN, door, during, NS_MUC, roomInfo, startWith, type Rule } from '../bookmarks/setting.ts'

export const NS_OWNER = `${NS_MUC}#owner`
export const NS_ADMIN = `${NS_MUC}#admin`
export const CREATED = `<status code='201'/>`

const field = (name: string, type: string, value: string, options: readonly string[] = []): string => {
  const choices = options.map((option) => `<option><value>${option}</value></option>`).join('')
  return `<field var='${name}' type='${type}'><value>${value}</value>${choices}</field>`
}

export const FORM = [
  field('FORM_TYPE', 'hidden', `${NS_MUC}#roomconfig`),
  field('muc#roomconfig_roomname', 'text-single', ''),
  field('muc#roomconfig_persistentroom', 'boolean', '0'),
  field('muc#roomconfig_publicroom', 'boolean', '1'),
  field('muc#roomconfig_membersonly', 'boolean', '0'),
  field('muc#roomconfig_moderatedroom', 'boolean', '0'),
  field('muc#roomconfig_whois', 'list-single', 'moderators', ['moderators', 'anyone']),
  field('muc#roomconfig_enablearchiving', 'boolean', '0'),
  field('muc#roomconfig_historylength', 'text-single', '20'),
].join('')

export function configuration(fields = FORM): Rule {
  return [
    (request) => request.attrs['type'] === 'get' && String(request).includes(`<query xmlns="${NS_OWNER}"/>`),
    `<query xmlns='${NS_OWNER}'><x xmlns='jabber:x:data' type='form'>${fields}</x></query>`,
  ]
}

/** What was sent of it: values by name. */
export function submitted(sent: readonly Element[]): Readonly<Record<string, readonly string[]>> | undefined {
  const form = sent
    .flatMap((each) => each.getChild('query', NS_OWNER)?.getChild('x', 'jabber:x:data') ?? [])
    .find((x) => x.attrs['type'] === 'submit')
  if (form === undefined) return undefined
  const fields = form.getChildren('field')
  return Object.fromEntries(
    fields.map((each) => [
      String(each.attrs['var']),
      each.getChildren('value').map((value) => value.getText()),
    ]),
  )
}

/** Keeps what is sent. */
export function listening(answer = ''): { readonly rule: Rule; readonly heard: Element[] } {
  const heard: Element[] = []
  const rule: Rule = [
    (stanza) => stanza.is('iq') && stanza.attrs['type'] === 'set' && stanza.attrs['to'] === COVEN,
    (stanza) => {
      heard.push(stanza)
      return answer
    },
  ]
  return { rule, heard }
}

/** In the room, with this affiliation and role. */
export async function inRoom(
  item = `affiliation='owner' role='moderator'`,
  features: readonly string[] = [],
  stage: Stage = setStage(),
): Promise<{ readonly stage: Stage; readonly stream: FakeStream; readonly conversationId: number }> {
  const rules = [roomInfo(COVEN, features), door(COVEN, item)]
  const { stream } = await startWith(stage, rules)
  const join = stage.app.joinRoom({ accountId: 1, jid: COVEN, nick: 'firstwitch', autojoin: false })
  const { id: conversationId } = await during(stream, rules, join)
  return { stage, stream, conversationId }
}

/**
 * A small gateway to an IRC network that is none, as an external component (XEP-0114): it says what it is, lists channels,
 * takes registrations by a form with every type of field, and has a command of two steps.
 */
import element, { type Element } from '@xmpp/xml'
import { connectComponent, type ComponentOptions } from './component.ts'

export interface Gateway {
  readonly jid: string
  /** What users registered with: values by field name, by their bare address. */
  readonly registrations: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>
  /** Every stanza that came, in order. */
  readonly received: readonly Element[]
  waitFor(fits: (stanza: Element) => boolean): Promise<Element>
  send(stanza: Element): void
  close(): void
}

export interface GatewayOptions extends ComponentOptions {
  /** How many channels it lists. */
  readonly channels?: number
}

const WAIT_MS = 10_000
const REGISTER = 'jabber:iq:register'
const COMMANDS = 'http://jabber.org/protocol/commands'
const INFO = 'http://jabber.org/protocol/disco#info'
const ITEMS = 'http://jabber.org/protocol/disco#items'
const GATEWAY = 'jabber:iq:gateway'
const VALIDATE = 'http://jabber.org/protocol/xdata-validate'

/** Resolves when the server has taken it in. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { jid } = options
  const received: Element[] = []
  const waiting = new Set<(stanza: Element) => void>()
  const registrations = new Map<string, Map<string, string[]>>()
  const { send, close } = await connectComponent(options, (stanza) => {
    received.push(stanza)
    for (const look of [...waiting]) look(stanza)
    if (stanza.is('iq') && ['get', 'set'].includes(String(stanza.attrs['type']))) {
      const { type, payload } = answerOf(stanza, options, registrations)
      const { id, from, to } = stanza.attrs as Record<string, string>
      send(element('iq', { type, id, to: from, from: to }, ...(payload === undefined ? [] : [payload])))
      const query = stanza.getChild('query', REGISTER)
      const registers =
        query !== undefined && stanza.attrs['type'] === 'set' && query.getChild('remove') === undefined
      if (registers) send(element('presence', { type: 'subscribe', from: jid, to: bare(from ?? '') }))
    }
  })
  return {
    jid,
    registrations,
    received,
    send,
    waitFor: (fits) =>
      new Promise((resolve, reject) => {
        const known = received.find(fits)
        if (known !== undefined) return resolve(known)
        const timer = setTimeout(
          () => reject(new Error(`the gateway got only\n${received.join('\n')}`)),
          WAIT_MS,
        )
        const look = (stanza: Element): void => {
          if (!fits(stanza)) return
          clearTimeout(timer)
          waiting.delete(look)
          resolve(stanza)
        }
        waiting.add(look)
      }),
    close,
  }
}

interface Answer {
  readonly type: 'result' | 'error'
  readonly payload?: Element | undefined
}

const result = (payload?: Element): Answer => ({ type: 'result', payload })
const refusal = (condition: string): Answer => ({
  type: 'error',
  payload: element(
    'error',
    { type: 'cancel' },
    element(condition, { xmlns: 'urn:ietf:params:xml:ns:xmpp-stanzas' }),
  ),
})
const bare = (jid: string): string => jid.split('/')[0] ?? jid

function answerOf(
  iq: Element,
  options: GatewayOptions,
  registrations: Map<string, Map<string, string[]>>,
): Answer {
  const [payload] = iq.getChildElements()
  const from = bare(String(iq.attrs['from']))
  if (payload === undefined) return refusal('bad-request')
  switch (payload.getNS()) {
    case INFO:
      return payload.attrs['node'] === undefined ? result(describe()) : refusal('item-not-found')
    case ITEMS:
      return result(list(payload, options))
    case REGISTER:
      return iq.attrs['type'] === 'get' ? result(registrationForm(registrations.get(from))) : register(payload, from, registrations) // prettier-ignore
    case GATEWAY:
      return result(translate(payload, options))
    case COMMANDS:
      return command(payload)
    default:
      return refusal('service-unavailable')
  }
}

function describe(): Element {
  const features = [INFO, ITEMS, REGISTER, COMMANDS, GATEWAY, 'urn:example:<b>odd</b>']
  return element(
    'query',
    { xmlns: INFO },
    element('identity', { category: 'gateway', type: 'irc', name: 'IRC of Verona' }),
    ...features.map((name) => element('feature', { var: name })),
  )
}

function list(query: Element, { jid, channels = 0 }: GatewayOptions): Element {
  const node: unknown = query.attrs['node']
  const items =
    node === COMMANDS
      ? [element('item', { jid, node: 'nick', name: 'Change your nickname' })]
      : Array.from({ length: channels }, (_, index) =>
          element('item', { jid: `#channel${index}%irc@${jid}`, name: `Channel ${index}` }),
        )
  return element('query', { xmlns: ITEMS, node: node as string | undefined }, ...items)
}

interface Field {
  readonly values?: readonly string[]
  readonly options?: readonly string[]
  readonly required?: boolean
  readonly description?: string
  readonly validation?: Element
}

function field(type: string, name: string, label: string, part: Field = {}): Element {
  const { values = [], options = [], required = false, description, validation } = part
  return element(
    'field',
    { type, var: name, label },
    ...(description === undefined ? [] : [element('desc', {}, description)]),
    ...(required ? [element('required')] : []),
    ...(validation === undefined ? [] : [validation]),
    ...options.map((option) =>
      element('option', { label: option.toUpperCase() }, element('value', {}, option)),
    ),
    ...values.map((value) => element('value', {}, value)),
  )
}

const validate = (datatype: string, ...children: Element[]): Element =>
  element('validate', { xmlns: VALIDATE, datatype: `xs:${datatype}` }, ...children)

function registrationForm(known: ReadonlyMap<string, readonly string[]> | undefined): Element {
  const values = (name: string, preset: readonly string[] = []) => ({ values: known?.get(name) ?? preset })
  const form = element(
    'x',
    { xmlns: 'jabber:x:data', type: 'form' },
    element('title', {}, 'Your IRC account'),
    element('instructions', {}, 'Tell who you are on the other network. <b>This is no markup.</b>'),
    field('hidden', 'FORM_TYPE', '', { values: [REGISTER] }),
    field('fixed', '', 'About you', { values: ['What others see.'] }),
    field('text-single', 'nick', 'Nickname', {
      ...values('nick'),
      required: true,
      description: 'Letters and digits.',
      validation: validate('string', element('regex', {}, '([a-z]+)+[0-9]*')),
    }),
    field('text-private', 'password', 'Password', { required: true }),
    field('boolean', 'away', 'Show when I am away', values('away', ['1'])),
    field('list-single', 'network', 'Network', {
      ...values('network', ['freenode']),
      options: ['freenode', 'oftc'],
    }),
    field('list-multi', 'topics', 'Topics', {
      ...values('topics'),
      options: ['poetry', 'fencing', 'dancing'],
      validation: validate('string', element('list-range', { max: '2' })),
    }),
    field('text-multi', 'about', 'About you', values('about')),
    field('jid-single', 'owner', 'Who may change this', values('owner')),
    field('jid-multi', 'friends', 'Friends', values('friends')),
    field('text-single', 'port', 'Port', {
      ...values('port', ['6697']),
      validation: validate('integer', element('range', { min: '1', max: '65535' })),
    }),
    field('text-single', 'birthday', 'Birthday', { ...values('birthday'), validation: validate('date') }),
  )
  return element('query', { xmlns: REGISTER }, ...(known === undefined ? [] : [element('registered')]), form)
}

function register(query: Element, from: string, registrations: Map<string, Map<string, string[]>>): Answer {
  if (query.getChild('remove') !== undefined) {
    return registrations.delete(from) ? result() : refusal('registration-required')
  }
  const answers = answersIn(query)
  if (answers.get('nick')?.[0] === 'taken') return refusal('conflict')
  registrations.set(from, answers)
  return result()
}

function answersIn(parent: Element): Map<string, string[]> {
  const fields = parent.getChild('x', 'jabber:x:data')?.getChildren('field') ?? []
  return new Map(
    fields.map((each) => [
      String(each.attrs['var']),
      each.getChildren('value').map((value) => value.getText()),
    ]),
  )
}

function translate(query: Element, { jid }: GatewayOptions): Element {
  const prompt = query.getChildText('prompt')
  return prompt === null
    ? element(
        'query',
        { xmlns: GATEWAY },
        element('desc', {}, 'Whom do you want to add?'),
        element('prompt', {}, 'IRC nickname'),
      )
    : element('query', { xmlns: GATEWAY }, element('jid', {}, `${prompt.toLowerCase()}@${jid}`))
}

/** Two steps: which network, which name; then a table. */
function command(payload: Element): Answer {
  const { node, action = 'execute', sessionid } = payload.attrs as Record<string, string | undefined>
  if (node !== 'nick') return refusal('item-not-found')
  const reply = (status: string, ...children: Element[]): Answer =>
    result(
      element('command', { xmlns: COMMANDS, node, sessionid: sessionid ?? 'session-1', status }, ...children),
    )
  if (action === 'cancel') return reply('canceled')
  const answers = answersIn(payload)
  if (sessionid === undefined || action === 'prev') {
    return reply('executing', element('actions', { execute: 'next' }, element('next')), form(
      field('list-single', 'network', 'Network', { options: ['freenode', 'oftc'], values: ['oftc'], required: true }),
    )) // prettier-ignore
  }
  if (answers.has('network')) {
    return reply('executing', element('actions', { execute: 'complete' }, element('prev'), element('complete')), form(
      field('text-single', 'nick', 'New nickname', { required: true }),
    )) // prettier-ignore
  }
  if (answers.get('nick')?.[0] === 'expired') return refusal('not-allowed')
  return reply('completed', element('note', { type: 'warn' }, 'The old name is free now.'), table(answers.get('nick')?.[0] ?? '')) // prettier-ignore
}

function form(...fields: Element[]): Element {
  return element('x', { xmlns: 'jabber:x:data', type: 'form' }, ...fields)
}

function table(nick: string): Element {
  const cell = (name: string, value: string): Element =>
    element('field', { var: name }, element('value', {}, value))
  return element(
    'x',
    { xmlns: 'jabber:x:data', type: 'result' },
    element('title', {}, 'Your names'),
    element(
      'reported',
      {},
      element('field', { var: 'network', label: 'Network' }),
      element('field', { var: 'nick', label: 'Nickname' }),
    ),
    element('item', {}, cell('network', 'oftc'), cell('nick', nick)),
    element('item', {}, cell('network', 'freenode'), cell('nick', 'will')),
  )
}

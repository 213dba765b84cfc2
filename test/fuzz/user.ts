/** The user at work while stanzas come: each verb that asks somebody else something, so that their answers can be wrong. */
import { UserError } from '../../src-main/contract/errors.ts'
import type { App } from '../../src-main/domain/app.types.ts'
import type { Jid } from '../../src-main/model/jid.ts'
import { JULIET } from '../domain/stage.ts'

const juliet = { accountId: 1, jid: JULIET }
const service = { accountId: 1, jid: 'gateway.capulet.example' as Jid }
const device = { ...juliet, resource: 'balcony' }

type Ask = (app: App) => unknown
const asks: readonly Ask[] = [
  (app) => app.fetchCard(juliet),
  (app) => app.fetchServiceInfo(service),
  (app) => app.askVersion(device),
  (app) => app.fetchRegistration(service),
  (app) => app.listCommands(service),
  (app) => app.askTime(device),
  (app) => app.runCommand({ ...service, node: 'n', action: 'execute', language: 'en' }),
  (app) => app.fetchServiceItems(service),
  (app) => app.askActivity(device),
  (app) => app.block({ accountId: 1, address: 'mallory@evil.example' as Jid }),
  (app) => app.fetchGatewayPrompt(service),
  (app) => app.addContact({ ...juliet, name: 'Juliet', groups: ['Verona'] }),
  (app) => app.translateAddress({ ...service, address: 'juliet' }),
  (app) => app.renameGroup({ accountId: 1, from: 'Verona', to: 'Mantua' }),
  (app) => app.unblockAll({ accountId: 1 }),
]
const deeds: readonly Ask[] = [
  (app) => app.sendMessage({ conversationId: app.openConversation(juliet).id, body: '<b>But soft</b>' }),
  (app) => app.sendSingle({ accountId: 1, to: JULIET, subject: '<i>', body: 'x' }),
  (app) => app.setPresence({ show: 'away', status: '</presence>' }),
  (app) => app.showPresenceTo(juliet),
  (app) => app.setPresence({ show: 'online', status: '' }),
  (app) => app.requestSubscription(juliet),
  (app) => app.markAllSinglesRead(),
  (app) => app.endSubscription(juliet),
  (app) => app.clearFeed(),
]

/** What comes of it may be an error for the user; anything else is a fault of ours and goes to `faults`. */
export function act(app: App, step: number, faults: unknown[]): void {
  const note = (error: unknown): void => void (error instanceof UserError || faults.push(error))
  for (const verb of [asks[step % asks.length], deeds[step % deeds.length]]) {
    try {
      Promise.resolve(verb?.(app)).catch(note)
    } catch (error) {
      note(error)
    }
  }
}

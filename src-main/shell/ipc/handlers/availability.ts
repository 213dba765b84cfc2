/** Availability: own presence in detail, subscriptions, blocked addresses: its part of the table of commands. */
import type { availabilityCommands } from '../../../contract/commands/availability.ts'
import type { Handlers } from '../../../contract/commands.ts'
import type { HandlerTools } from '../handler-tools.ts'

export function createAvailabilityHandlers({
  app,
}: HandlerTools): Pick<Handlers, keyof typeof availabilityCommands> {
  return {
    'presence.setPriority': (input) => app.setPriority(input),
    'presence.setAwayRules': (input) => app.setAwayRules(input),
    'presence.clearRecent': () => app.clearRecentStatuses(),
    'presence.showTo': (input) => app.showPresenceTo(input),
    'presence.hideFrom': (input) => app.hidePresenceFrom(input),

    'subscription.end': (input) => app.endSubscription(input),
    'subscription.revoke': (input) => app.revokeSubscription(input),
    'subscription.preApprove': (input) => app.preApprove(input),

    'blocking.block': (input) => app.block(input),
    'blocking.unblock': (input) => app.unblock(input),
    'blocking.unblockAll': (input) => app.unblockAll(input),
  }
}

/** XEP-0202: Entity Time, version 2.0. https://xmpp.org/extensions/xep-0202.html */
import type { EntityTime } from '../model/entity.ts'
import type { Jid } from '../model/jid.ts'
import type { Iq } from './iq.ts'
import { buildDateTime, buildOffset, parseDateTime, parseOffset } from './xep-0082-date-times.ts'
import { xml, type Element } from './xml.ts'

export const NS = 'urn:xmpp:time'
export const features = [NS]

/** Undefined when the answer can't be read. Rejects as Iq.request does. */
export async function fetchEntityTime(iq: Iq, to: Jid): Promise<EntityTime | undefined> {
  const result = await iq.request({ type: 'get', to, payload: xml('time', { xmlns: NS }) })
  const time = result.getChild('time', NS)
  return time === undefined ? undefined : parseEntityTime(time)
}

/** Reads `<time/>`; undefined unless both its parts are there and sane. */
export function parseEntityTime(time: Element): EntityTime | undefined {
  const utcMs = parseDateTime((time.getChildText('utc', NS) ?? '').trim())
  const offsetMinutes = parseOffset((time.getChildText('tzo', NS) ?? '').trim())
  return utcMs === undefined || offsetMinutes === undefined ? undefined : { utcMs, offsetMinutes }
}

export function buildEntityTime({ utcMs, offsetMinutes }: EntityTime): Element {
  return xml(
    'time',
    { xmlns: NS },
    xml('tzo', {}, buildOffset(offsetMinutes)),
    xml('utc', {}, buildDateTime(utcMs)),
  )
}

/** `tell` says what the asker may know; where that is nothing, the answer is the one of a resource that is not there. */
export function answerEntityTime(iq: Iq, tell: (from: Jid) => EntityTime | undefined): void {
  iq.answer('get', NS, 'time', ({ from }) => {
    const time = tell(from)
    return time === undefined ? 'service-unavailable' : buildEntityTime(time)
  })
}

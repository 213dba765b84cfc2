import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  buildEnable,
  buildResume,
  createAckCounter,
  parseEnabled,
  parseHandled,
} from '../../src-main/protocol/xep-0198-stream-management.ts'
import { canonical } from '../helpers/canonical.ts'
import { parseStanza, xml } from '../helpers/stanza.ts'

const SM = 'urn:xmpp:sm:3'
const NO_SESSION = { id: undefined, maxSeconds: undefined }

describe('nonzas', () => {
  test('we ask for acknowledgements and resumption', () => {
    expect(canonical(buildEnable())).toBe(canonical(xml`<enable xmlns='${SM}' resume='true' max='600'/>`))
  })

  test('we resume by the id that the server gave, whatever is in it', () => {
    const resume = buildResume({ id: `<"'&`, h: 4_294_967_295 })
    expect(canonical(resume)).toBe(
      canonical(parseStanza(`<resume xmlns='${SM}' h='4294967295' previd='&lt;&quot;&apos;&amp;'/>`)),
    )
  })

  test.each([
    [`resume='true' id='some-long-sm-id' max='300'`, { id: 'some-long-sm-id', maxSeconds: 300 }],
    [`resume='1' id='x'`, { id: 'x', maxSeconds: undefined }],
    [`resume='false' id='x'`, { id: undefined, maxSeconds: undefined }],
    [`id='x'`, { id: undefined, maxSeconds: undefined }],
    [`resume='true'`, { id: undefined, maxSeconds: undefined }],
    [`resume='true' id=''`, { id: undefined, maxSeconds: undefined }],
    [`resume='true' id='x' max='-1'`, { id: 'x', maxSeconds: undefined }],
    [`resume='true' id='x' max='forever'`, { id: 'x', maxSeconds: undefined }],
    [`location='chat.test:9222'`, { ...NO_SESSION, location: { host: 'chat.test', port: 9222 } }],
    [`location='[2001:db8::1]:9222'`, { ...NO_SESSION, location: { host: '2001:db8::1', port: 9222 } }],
    [`location='[2001:db8::1]'`, { ...NO_SESSION, location: { host: '2001:db8::1', port: 5222 } }],
    [`location='192.0.2.1'`, { ...NO_SESSION, location: { host: '192.0.2.1', port: 5222 } }],
    [`location='2001:db8::1'`, NO_SESSION],
    [`location='chat.test:0'`, NO_SESSION],
    [`location='chat.test:65536'`, NO_SESSION],
    [`location='chat.test:'`, NO_SESSION],
    [`location='https://chat.test/'`, NO_SESSION],
    [`location='a b'`, NO_SESSION],
    [`location='${'x'.repeat(301)}'`, NO_SESSION],
  ])('<enabled %s/>', (attributes, expected) => {
    expect(parseEnabled(parseStanza(`<enabled xmlns='${SM}' ${attributes}/>`))).toEqual(expected)
  })

  test.each([
    [`h='0'`, 0],
    [`h='4294967295'`, 4_294_967_295],
    [`h='4294967296'`, undefined],
    [`h='-1'`, undefined],
    [`h='1e3'`, undefined],
    [`h=''`, undefined],
    ['', undefined],
  ])('<a %s/> counts %s', (attributes, h) => {
    expect(parseHandled(parseStanza(`<a xmlns='${SM}' ${attributes}/>`))).toBe(h)
  })
})

describe('§4: counting', () => {
  const message = { stanza: xml`<message/>`, sentAt: 0 }

  test('whatever is sent and acknowledged, each stanza is acknowledged once and in order', () => {
    const steps = fc.array(fc.oneof(fc.constant('send'), fc.nat(30)), { maxLength: 60 })
    fc.assert(
      fc.property(steps, (list) => {
        const counter = createAckCounter()
        const acknowledged: number[] = []
        for (const step of list) {
          if (step === 'send') counter.countSent({ ...message, sentAt: counter.sent })
          else {
            const may = step >= acknowledged.length && step <= counter.sent
            const fresh = counter.acknowledge(step)
            expect(fresh !== undefined).toBe(may)
            acknowledged.push(...(fresh ?? []).map(({ sentAt }) => sentAt))
          }
        }
        expect(acknowledged).toEqual(acknowledged.map((_each, i) => i))
        expect(acknowledged.length + counter.unacknowledged.length).toBe(counter.sent)
      }),
    )
  })

  test('handled stanzas count one by one', () => {
    const counter = createAckCounter()
    counter.countHandled()
    counter.countHandled()
    expect([counter.handled, counter.sent]).toEqual([2, 0])
  })
})

import { describe, expect, test } from 'vitest'
import type { Handlers } from '../../src-main/contract/commands.ts'
import { UserError } from '../../src-main/contract/errors.ts'
import { dispatch, type Sender } from '../../src-main/shell/ipc/dispatch.ts'

const ours: Sender = { isMainFrame: true, url: 'linnet://app/index.html', windowId: 7 }

function setUp(developmentOrigin?: string) {
  const calls: unknown[] = []
  const logged: unknown[] = []
  const handlers = {
    'message.send': (input: unknown, caller: unknown) => {
      calls.push([input, caller])
      return { id: 1 }
    },
    'message.retry': () => {
      throw new UserError({ code: 'offline', detail: 'x' })
    },
    'message.discard': () => Promise.reject(new Error('secret words')),
    'contact.requestSubscription': (input: unknown) => void calls.push(input),
  } as unknown as Handlers
  const log = (...line: unknown[]): void => void logged.push(line)
  const ask = (sender: Sender, name: unknown, input: unknown) =>
    dispatch({ handlers, log, developmentOrigin }, sender, name, input)
  return { ask, calls, logged }
}

describe('who may ask', () => {
  const refused: Record<string, Sender> = {
    'a frame inside a page': { ...ours, isMainFrame: false },
    'a contents that is no window of ours': { ...ours, windowId: undefined },
    'a web page': { ...ours, url: 'https://app/index.html' },
    'a file': { ...ours, url: 'file:///app/index.html' },
    'our scheme, another host': { ...ours, url: 'linnet://evil/index.html' },
    'our scheme with a user': { ...ours, url: 'linnet://app@evil/' },
    nothing: { ...ours, url: '' },
    'a page that is not loaded': { ...ours, url: 'about:blank' },
  }
  test.each(Object.entries(refused))('%s is refused', async (_name, sender) => {
    const { ask, calls } = setUp()
    expect(await ask(sender, 'message.send', { conversationId: 1, body: 'x' })).toEqual({
      ok: false,
      error: { code: 'invalid-input' },
    })
    expect(calls).toEqual([])
  })

  test('the development server is ours in development only', async () => {
    const sender = { ...ours, url: 'http://localhost:5173/index.html' }
    const input = { conversationId: 1, body: 'x' }
    expect(await setUp().ask(sender, 'message.send', input)).toMatchObject({ ok: false })
    expect(await setUp('http://localhost:5173').ask(sender, 'message.send', input)).toMatchObject({
      ok: true,
    })
    expect(await setUp('http://localhost:5174').ask(sender, 'message.send', input)).toMatchObject({
      ok: false,
    })
  })
})

describe('what may be asked', () => {
  test.each(['__proto__', 'constructor', 'toString', 'message.nothing', '', 7, null, ['message.send']])(
    'no command: %j',
    async (name) => {
      const { ask, calls } = setUp()
      expect(await ask(ours, name, { conversationId: 1, body: 'x' })).toEqual({
        ok: false,
        error: { code: 'invalid-input', detail: 'unknown command' },
      })
      expect(calls).toEqual([])
    },
  )

  test.each([
    [{ conversationId: '1', body: 'x' }, 'conversationId'],
    [{ conversationId: 0, body: 'x' }, 'conversationId'],
    [{ conversationId: 1.5, body: 'x' }, 'conversationId'],
    [{ conversationId: 1 }, 'body'],
    [{ conversationId: 1, body: ' \n ' }, 'body'],
    [{ conversationId: 1, body: 'x', more: 1 }, 'more'],
    [undefined, 'input'],
    ['text', 'input'],
  ])('wrong input %j names the field and never its value', async (input, field) => {
    const { ask, calls, logged } = setUp()
    expect(await ask(ours, 'message.send', input)).toEqual({
      ok: false,
      error: { code: 'invalid-input', detail: field },
    })
    expect(calls).toEqual([])
    expect(logged).toEqual([
      ['shell/ipc', 'warn', 'command input refused', { command: 'message.send', field }],
    ])
  })

  test('the handler gets the checked input and the window', async () => {
    const { ask, calls } = setUp()
    expect(await ask(ours, 'message.send', { conversationId: 3, body: 'hello' })).toEqual({
      ok: true,
      value: { id: 1 },
    })
    expect(calls).toEqual([[{ conversationId: 3, body: 'hello' }, { windowId: 7 }]])
  })

  test('an address is prepared by the check', async () => {
    const { ask, calls } = setUp()
    await ask(ours, 'contact.requestSubscription', { accountId: 1, jid: 'Juliet@Capulet.EXAMPLE' })
    expect(calls).toEqual([{ accountId: 1, jid: 'juliet@capulet.example' }])
  })
})

describe('what comes back', () => {
  test('a UserError crosses with its data', async () => {
    expect(await setUp().ask(ours, 'message.retry', { messageId: 1 })).toEqual({
      ok: false,
      error: { code: 'offline', detail: 'x' },
    })
  })

  test('any other error is only "internal", and is logged', async () => {
    const { ask, logged } = setUp()
    const reply = await ask(ours, 'message.discard', { messageId: 1 })
    expect(reply).toEqual({ ok: false, error: { code: 'internal' } })
    expect(logged).toHaveLength(1)
  })
})

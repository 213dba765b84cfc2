// @vitest-environment happy-dom
/** The services browser's state: places and what they said, commands and their end. */
import { describe, expect, test, vi } from 'vitest'
import type { CommandItem, CommandStep } from '../../src-main/model/services.ts'
import { createClient } from '../../src-renderer/bridge.ts'
import { CommandRun } from '../../src-renderer/stores/command-run.svelte.ts'
import { Linnet } from '../../src-renderer/stores/linnet.svelte.ts'
import { createFakeBridge, Refusal } from './fake-bridge.ts'
import { jid } from './make.ts'

const place = (address: string) => ({ accountId: 1, jid: address })

describe('places', () => {
  test('back and forward, and a new way forgets the old one', () => {
    const linnet = new Linnet(createClient(createFakeBridge()))
    const { services, navigation } = linnet
    for (const address of ['a.example', 'b.example', 'c.example']) services.open(place(address))
    services.back()
    services.back()
    expect([navigation.page, services.canGoBack, services.canGoForward]).toEqual([
      { kind: 'service', ...place('a.example') },
      false,
      true,
    ])
    services.open(place('d.example'))
    expect(services.canGoForward).toBe(false)
    services.back()
    expect(navigation.page).toMatchObject({ jid: 'a.example' })
  })

  test('a place is asked once; commands and registration only where it has them', async () => {
    const bridge = createFakeBridge(
      {},
      {
        'service.fetchInfo': ({ jid: address }) => ({
          identities: [{ category: 'gateway', type: 'irc' }],
          features: address === 'irc.example' ? ['jabber:iq:register'] : [],
        }),
        'service.fetchItems': () => ({ items: [] }),
        'service.fetchRegistration': () => ({ registered: true, instructions: '', kind: 'legacy' }),
      },
    )
    const { services } = new Linnet(createClient(bridge))
    for (const address of ['irc.example', 'irc.example', 'other.example'])
      services.visitOf(place(address)).load()
    await vi.waitFor(() => expect(services.visitOf(place('irc.example')).registration?.registered).toBe(true))
    expect(bridge.asked.map(({ name }) => name).sort()).toEqual([
      'service.fetchInfo',
      'service.fetchInfo',
      'service.fetchItems',
      'service.fetchItems',
      'service.fetchRegistration',
    ])
  })

  test('what comes after stopping is not shown', async () => {
    let release: (() => void) | undefined
    const bridge = createFakeBridge(
      {},
      {
        'service.fetchInfo': () =>
          new Promise((resolve) => (release = () => resolve({ identities: [], features: ['late'] }))),
        'service.fetchItems': () => {
          throw new Refusal({ code: 'refused-by-server', condition: 'forbidden' })
        },
      },
    )
    const visit = new Linnet(createClient(bridge)).services.visitOf(place('slow.example'))
    visit.load()
    await vi.waitFor(() => expect(visit.itemsError?.condition).toBe('forbidden'))
    visit.stop()
    release?.()
    await Promise.resolve()
    expect([visit.info, visit.busy, visit.stopped]).toEqual([undefined, false, true])
  })
})

describe('a run of a command', () => {
  const command: CommandItem = { jid: jid('irc.example'), node: 'nick', name: 'Nick' }
  const first: CommandStep = {
    status: 'executing',
    sessionId: 's1',
    moves: ['next'],
    defaultMove: 'next',
    notes: [],
  }

  function start(answer: (action: string) => CommandStep | Promise<CommandStep>) {
    const bridge = createFakeBridge({}, { 'command.run': ({ action }) => answer(action) })
    const run = new CommandRun(createClient(bridge), { accountId: 1, command, language: 'en' })
    return {
      run,
      asked: () => bridge.inputsOf('command.run').map(({ action, sessionId }) => [action, sessionId]),
    }
  }

  test('goes on in its session, and closing it cancels', async () => {
    const { run, asked } = start(() => first)
    await run.start()
    await run.move('next')
    run.close()
    expect(asked()).toEqual([
      ['execute', undefined],
      ['next', 's1'],
      ['cancel', 's1'],
    ])
  })

  test('closed while the first answer is to come, it is cancelled then', async () => {
    let release: (() => void) | undefined
    const { run, asked } = start((action) =>
      action === 'execute' ? new Promise((resolve) => (release = () => resolve(first))) : first,
    )
    const started = run.start()
    run.close()
    await vi.waitFor(() => expect(release).toBeDefined())
    release?.()
    await started
    expect([asked(), run.step]).toEqual([
      [
        ['execute', undefined],
        ['cancel', 's1'],
      ],
      undefined,
    ])
  })

  test('finished, closing says nothing more', async () => {
    const { run, asked } = start(() => ({ status: 'completed', moves: [], notes: [] }))
    await run.start()
    run.close()
    expect(asked()).toEqual([['execute', undefined]])
  })

  test('a session that is gone is told apart from a refusal at the start', async () => {
    const gone = () => {
      throw new Refusal({ code: 'refused-by-server', condition: 'item-not-found' })
    }
    const refused = start(gone)
    await refused.run.start()
    expect([refused.run.lost, refused.run.error?.condition]).toEqual([false, 'item-not-found'])
    const lost = start((action) => (action === 'execute' ? first : gone()))
    await lost.run.start()
    await lost.run.move('next')
    expect(lost.run.lost).toBe(true)
    await lost.run.start()
    expect([lost.run.lost, lost.asked().at(-1)]).toEqual([false, ['execute', undefined]])
  })

  test('nothing is sent while a field is wrong; going back needs none of them', async () => {
    const form = {
      type: 'form' as const,
      title: '',
      instructions: [],
      columns: [],
      rows: [],
      fields: [
        {
          type: 'text-single' as const,
          name: 'n',
          label: '',
          description: '',
          required: true,
          values: [],
          options: [],
        },
      ],
    }
    const { run, asked } = start(() => ({ ...first, form, moves: ['prev', 'next'] }))
    await run.start()
    await run.move('next')
    await run.move('prev')
    expect(asked()).toEqual([
      ['execute', undefined],
      ['prev', 's1'],
    ])
  })
})

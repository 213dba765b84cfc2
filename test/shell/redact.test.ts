import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openLog } from '../../src-main/shell/log.ts'
import { createRedactor } from '../../src-main/shell/redact.ts'

const redact = createRedactor('key of this computer')

describe('what may stand in the log', () => {
  test('an address is a hash: the same each time, for each resource, on this computer alone', () => {
    const juliet = redact.fields({ jid: 'juliet@capulet.example' })
    expect(juliet).toMatch(/^jid=jid:[0-9a-f]{10}$/)
    expect(redact.fields({ jid: 'juliet@capulet.example/balcony' })).toBe(juliet)
    expect(redact.fields({ from: 'Juliet@Capulet.example' })).toBe(juliet.replace('jid=', 'from='))
    expect(redact.fields({ jid: 'nurse@capulet.example' })).not.toBe(juliet)
    expect(createRedactor('another').fields({ jid: 'juliet@capulet.example' })).not.toBe(juliet)
  })

  test.each(['jid', 'from', 'to', 'host', 'domain', 'counterpart', 'address', 'server'])(
    '%s never in clear',
    (name) => {
      expect(redact.fields({ [name]: 'capulet.example' })).not.toContain('capulet')
    },
  )

  test.each(['body', 'password', 'status', 'text', 'draft', 'nick', 'detail', 'anything'])(
    '%s is only as long as it was',
    (name) => {
      expect(redact.fields({ [name]: 'hello juliet' })).toBe(`${name}=<12 characters>`)
    },
  )

  test('words of the protocol pass, but not a foreign text under their names', () => {
    expect(
      redact.fields({ code: 'certificate', condition: 'service-unavailable', ms: 41.5, again: true }),
    ).toBe('code=certificate condition=service-unavailable ms=41.5 again=true')
    expect(redact.fields({ code: 'see juliet@capulet.example' })).toBe('code=<26 characters>')
    expect(redact.fields({ name: 'Juliet' })).toBe('name=<6 characters>')
    expect(redact.fields({ reason: 'x'.repeat(121) })).toBe('reason=<121 characters>')
  })

  test('nested values are redacted by their own names', () => {
    const fields = {
      problem: { code: 'policy', detail: 'say nothing' },
      jids: ['a@b.example', 'c@d.example'],
    }
    expect(redact.fields(fields)).toBe(
      'problem={code=policy detail=<11 characters>} jids=[<11 characters>, <11 characters>]',
    )
  })

  test('an address inside a message becomes a hash', () => {
    expect(redact.text('could not reach juliet@capulet.example now')).toMatch(
      /^could not reach jid:[0-9a-f]{10} now$/,
    )
  })
})

describe('errors', () => {
  test('of the engine keep their message without what it quotes', () => {
    const line = redact.fields({ error: new TypeError(`Cannot read 'a secret' of undefined`) })
    expect(line).toMatch(/^error=TypeError: Cannot read … of undefined\n\s+at /)
  })

  test('of others keep name, code and place only', () => {
    const error = Object.assign(new Error('romeo said hello'), { code: 'ENOENT' })
    const line = redact.fields({ error })
    expect(line).toMatch(/^error=Error ENOENT\n\s+at /)
    expect(line).not.toContain('hello')
  })

  test('a JSON error does not quote the file', () => {
    let caught: unknown
    try {
      JSON.parse('{"password": secret}')
    } catch (error) {
      caught = error
    }
    expect(redact.fields({ error: caught })).not.toContain('secret')
  })
})

test('the file holds what was redacted, is private, and keeps its key elsewhere', () => {
  const folder = mkdtempSync(join(tmpdir(), 'linnet-log-'))
  try {
    const { log, file } = openLog(join(folder, 'logs'), join(folder, 'key'))
    log('domain/session', 'warn', 'no stream', { jid: 'juliet@capulet.example', code: 'refused', body: 'hi' })
    const line = readFileSync(file, 'utf8')
    expect(line).toMatch(
      /^\S+Z warn domain\/session: no stream jid=jid:[0-9a-f]{10} code=refused body=<2 characters>\n$/,
    )
    expect(statSync(file).mode & 0o077).toBe(0)
    expect(statSync(join(folder, 'key')).mode & 0o077).toBe(0)
    const again = openLog(join(folder, 'logs'), join(folder, 'key'))
    again.log('domain/session', 'warn', 'no stream', {
      jid: 'juliet@capulet.example',
      code: 'refused',
      body: 'hi',
    })
    const [first = '', second = ''] = readFileSync(file, 'utf8').trim().split('\n')
    expect(second.slice(24)).toBe(first.slice(24))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('the file does not grow without end', () => {
  const folder = mkdtempSync(join(tmpdir(), 'linnet-log-'))
  try {
    const { log, file } = openLog(join(folder, 'logs'), join(folder, 'key'))
    for (let line = 0; line < 25_000; line += 1) log('test', 'info', 'x'.repeat(200))
    expect(statSync(file).size).toBeLessThan(2.2 * 1024 * 1024)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createPlaceStore } from '../../src-main/shell/windows/place-store.ts'
import { fitPlace } from '../../src-main/shell/windows/places.ts'

const laptop = { x: 0, y: 24, width: 1440, height: 876 }
const right = { x: 1440, y: 0, width: 1920, height: 1080 }
const left = { x: -1280, y: 0, width: 1280, height: 1024 }
const minimum = { width: 640, height: 480 }
const size = { width: 900, height: 600, maximized: false }

describe('a remembered place', () => {
  test.each([
    ['stays where it fits', { x: 100, y: 100 }, [laptop], { x: 100, y: 100 }],
    ['stays on the second screen', { x: 1600, y: 50 }, [laptop, right], { x: 1600, y: 50 }],
    ['stays on a screen to the left', { x: -1200, y: 10 }, [laptop, left], { x: -1200, y: 10 }],
    ['moves wholly onto its screen', { x: 1000, y: 700 }, [laptop], { x: 540, y: 300 }],
    ['moves below the panel', { x: 100, y: -10 }, [laptop], { x: 100, y: 24 }],
    ['goes to the screen that shows most of it', { x: 1400, y: 50 }, [laptop, right], { x: 1440, y: 50 }],
    ['is given up when its screen is gone', { x: 1600, y: 50 }, [laptop], {}],
    ['is given up when only a sliver is seen', { x: 1430, y: 50 }, [laptop], {}],
  ])('%s', (_name, at, screens, expected) => {
    expect(fitPlace({ ...size, ...at }, screens, minimum)).toEqual({ ...size, ...expected })
  })

  test('is no larger than the screen and no smaller than it may be', () => {
    expect(fitPlace({ x: 0, y: 0, width: 5000, height: 5000, maximized: true }, [laptop], minimum)).toEqual({
      ...laptop,
      maximized: true,
    })
    expect(fitPlace({ width: 10, height: 10, maximized: false }, [laptop], minimum)).toEqual({
      ...minimum,
      maximized: false,
    })
  })

  test('without screens there is only a size', () => {
    expect(fitPlace({ ...size, x: 1, y: 1 }, [], minimum)).toEqual(size)
  })
})

describe('the file of places', () => {
  const inFolder = (body: (file: string) => void): void => {
    const folder = mkdtempSync(join(tmpdir(), 'linnet-places-'))
    try {
      body(join(folder, 'windows.json'))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  const never = (error: unknown): never => {
    throw error
  }

  test('keeps the last place of each window', () =>
    inFolder((file) => {
      const store = createPlaceStore(file, never)
      store.set('main', { ...size, x: 1, y: 2 })
      store.set('main', { ...size, x: 3, y: 4 })
      store.flush()
      expect(createPlaceStore(file, never).get('main')).toEqual({ ...size, x: 3, y: 4 })
    }))

  test.each([
    'no json',
    '[]',
    '{"main":{"x":1}}',
    '{"main":{"width":1e9,"height":1,"maximized":false}}',
    '{"main":{"width":900,"height":600,"maximized":false,"evil":1}}',
  ])('is ignored when it says %s', (content) =>
    inFolder((file) => {
      writeFileSync(file, content)
      expect(createPlaceStore(file, never).get('main')).toBeUndefined()
    }),
  )

  test('does not grow without end; the places used last stay', () =>
    inFolder((file) => {
      const store = createPlaceStore(file, never)
      store.set('main', size)
      for (let id = 1; id <= 150; id += 1) store.set(`conversation-${id}`, size)
      store.set('main', size)
      store.flush()
      const kept = Object.keys(JSON.parse(readFileSync(file, 'utf8')) as object)
      expect(kept).toHaveLength(100)
      expect(kept).toContain('main')
      expect(kept).toContain('conversation-150')
      expect(kept).not.toContain('conversation-1')
    }))
})

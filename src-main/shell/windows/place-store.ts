/** Remembers window places in a file of the profile; a damaged file is as good as none. */
import * as v from 'valibot'
import { readJsonFile, writeJsonFile } from '../json-file.ts'
import { placeShape, type Place } from './places.ts'

const SAVE_DELAY_MS = 400
const MAX_PLACES = 100

const fileShape = v.record(v.pipe(v.string(), v.maxLength(100)), placeShape)

export interface PlaceStore {
  /** `key`: 'main', or one for each conversation. */
  get(key: string): Place | undefined
  set(key: string, place: Place): void
  /** Writes what is not yet written. */
  flush(): void
}

/** `failed` hears of a disk that refuses; places are then forgotten at the next start, nothing worse. */
export function createPlaceStore(file: string, failed: (error: unknown) => void): PlaceStore {
  const places = new Map(Object.entries(readJsonFile(file, fileShape) ?? {}))
  let timer: NodeJS.Timeout | undefined
  const flush = (): void => {
    if (timer === undefined) return
    clearTimeout(timer)
    timer = undefined
    try {
      writeJsonFile(file, Object.fromEntries([...places].slice(-MAX_PLACES)))
    } catch (error) {
      failed(error)
    }
  }
  return {
    get: (key) => places.get(key),
    set: (key, place) => {
      // Anew at the end: those not used for longest fall out first.
      places.delete(key)
      places.set(key, place)
      timer ??= setTimeout(flush, SAVE_DELAY_MS)
    },
    flush,
  }
}

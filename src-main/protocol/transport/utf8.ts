/** Bytes of a stream as text: a character that is cut by the end of a packet is kept for the next one. */
export interface Utf8Decoder {
  /** Undefined for bytes that are not UTF-8. */
  decode(data: Buffer): string | undefined
}

export function createUtf8Decoder(): Utf8Decoder {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  return {
    decode(data) {
      try {
        return decoder.decode(data, { stream: true })
      } catch {
        return undefined
      }
    },
  }
}

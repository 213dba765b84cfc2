/** What a format of an export writes: pieces of text in the order of the functions. What others wrote never leaves its place. */
import type { ExportedConversation } from '../../model/history.ts'
import type { Message } from '../../model/message.ts'

export interface Format {
  begin(conversations: readonly ExportedConversation[]): string
  beginConversation(exported: ExportedConversation, index: number): string
  message(message: Message, exported: ExportedConversation, index: number): string
  endConversation(): string
  end(): string
}

/** Line breaks and tabs stay; other signs that control something are no text. */
export function withoutControls(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/(?![\n\t])\p{Cc}/gu, '')
}

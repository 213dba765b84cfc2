/** The archive (XEP-0313): catching up, older history, gaps: the user's verbs. */
import type { ArchivePreferences, ArchiveState, OlderHistory } from '../../model/archive.ts'
import { parseJid } from '../../model/jid.ts'
import { StanzaError } from '../../protocol/errors.ts'
import { fetchPreferences, publishPreferences } from '../../protocol/xep-0441-archive-preferences.ts'
import type { CheckedInput } from '../../contract/commands.ts'
import { getConversation } from '../conversations.ts'
import type { Sessions } from '../sessions.ts'
import type { Tools } from '../tools.ts'
import { userError, withUserErrorsAsync } from '../user-errors.ts'
import { fetchOriginal } from './fetch-original.ts'
import { loadOlder } from './older.ts'
import { loadBackToWords } from './words.ts'
import { syncRoom } from './room-sync.ts'
import { syncArchive } from './sync.ts'
import type { ArchiveVerbs } from './verbs.types.ts'

export function createArchiveVerbs(tools: Tools, sessions: Sessions): ArchiveVerbs {
  return {
    loadOlder: (input) => withUserErrorsAsync(async () => fillOrLoad(tools, sessions, input)),
    fetchOriginal: (messageId) =>
      withUserErrorsAsync(async () => fetchOriginalOf(tools, sessions, messageId)),
    archivePreferences: (accountId) =>
      withUserErrorsAsync(async () => preferences(sessions.requireOnline(accountId).iq)),
    setArchivePreferences: (input) =>
      withUserErrorsAsync(async () => setPreferences(sessions.requireOnline(input.accountId).iq, input)),
  }
}

export function readArchiveState({ archive, storage }: Tools): ArchiveState {
  return { archives: archive.list(storage) }
}

/** A gap is what the catch-up is busy with, or begins anew with; anything else lies before the oldest row. */
async function fillOrLoad(
  tools: Tools,
  sessions: Sessions,
  { conversationId, before, text }: CheckedInput<'archive.loadOlder'>,
): Promise<OlderHistory> {
  const conversation = getConversation(tools, conversationId)
  const link = sessions.requireOnline(conversation.accountId)
  if (before !== undefined) {
    const { gaps } = tools.storage.historyOf(conversationId, before.place, before.place)
    if (gaps.some(({ beforePlace }) => beforePlace === before.place)) {
      const visit = tools.rooms.ofConversation(conversationId)
      if (visit === undefined) syncArchive(tools, link)
      else void syncRoom(tools, link, visit)
      return { added: 0, more: true }
    }
  }
  const toWords = text === undefined ? undefined : await loadBackToWords(tools, link, conversation, text)
  return toWords ?? loadOlder(tools, link, conversation)
}

async function fetchOriginalOf(
  tools: Tools,
  sessions: Sessions,
  messageId: number,
): Promise<number | undefined> {
  const message = tools.storage.findMessage(messageId)
  const { reply } = tools.storage.getReference(messageId)
  if (message === undefined || reply === undefined) throw userError('not-found')
  const conversation = getConversation(tools, message.conversationId)
  return fetchOriginal(tools, sessions.requireOnline(conversation.accountId), conversation, reply)
}

/** Undefined where the server lets nobody choose (XEP-0441 §2.1). */
async function preferences(
  iq: Parameters<typeof fetchPreferences>[0],
): Promise<ArchivePreferences | undefined> {
  try {
    return await fetchPreferences(iq)
  } catch (error) {
    if (error instanceof StanzaError) return undefined
    throw error
  }
}

async function setPreferences(
  iq: Parameters<typeof fetchPreferences>[0],
  { keep, always, never }: CheckedInput<'archive.setPreferences'>,
): Promise<ArchivePreferences> {
  const addresses = [...always, ...never].map((address) => parseJid(address))
  if (addresses.includes(undefined)) throw userError('invalid-address')
  const applied = await publishPreferences(iq, { keep, always, never })
  // A server that says no more than that it was done (§2.1 wants it to say what was applied).
  return applied ?? { keep, always, never }
}

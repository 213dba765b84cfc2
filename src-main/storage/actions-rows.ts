/** What was done to a message, as columns of its row and as fields of the model's Message. */
import type { Done, MessageDeed, MessageDeedKind, Moderated, Reaction } from '../model/actions.ts'
import type { Author } from '../model/room.ts'

export interface ActionColumns {
  readonly corrected_at: number | null
  readonly retracted_at: number | null
  readonly nameless: 0 | 1
  readonly reactions: string
  readonly deed: string | null
  readonly moderated: string | null
}

const COUNTERPART = '(SELECT c.counterpart FROM conversation AS c WHERE c.id = message.conversation_id)'

/** A room's messages are named by the ids that it gives (XEP-0444 §4, XEP-0461 §4.1), all others by those of who sent them. */
const NAMELESS = `CASE (SELECT c.kind FROM conversation AS c WHERE c.id = message.conversation_id)
    WHEN 'room' THEN stanza_id IS NULL ELSE message_id IS NULL AND origin_id IS NULL END`

/** Of occupants whom the user does not want to hear: they are kept and not shown. */
const IGNORED = `r.author IS NOT NULL AND EXISTS (SELECT 1 FROM ignored_occupant AS i
    WHERE i.conversation_id = message.conversation_id AND i.who = r.sender)`

/** In a statement over `message` under its own name. */
export const ACTION_COLUMNS = `corrected_at, retracted_at, ${NAMELESS} AS nameless, moderated,
  (SELECT json_group_array(json_object('sender', CASE WHEN r.author IS NULL THEN r.sender ELSE ${COUNTERPART} END, 'author', json(r.author), 'emoji', json(r.emoji)))
    FROM reaction AS r WHERE r.message_row = message.id AND r.emoji <> '[]' AND NOT (${IGNORED})) AS reactions,
  (SELECT json_object('kind', d.kind, 'state', d.state, 'condition', d.error_condition, 'text', d.error_text)
    FROM deed AS d WHERE d.target_row = message.id AND d.state <> 'sent'
      AND d.kind IN ('correction', 'retraction', 'reactions')
    ORDER BY d.id DESC LIMIT 1) AS deed`

export function doneOf(row: ActionColumns): Done {
  const reactions = row.reactions === '[]' ? undefined : reactionsOf(row.reactions)
  return {
    ...(row.corrected_at === null ? {} : { correctedAt: row.corrected_at }),
    ...(row.retracted_at === null ? {} : { retractedAt: row.retracted_at }),
    ...(reactions === undefined ? {} : { reactions }),
    ...(row.deed === null ? {} : { deed: deedOf(row.deed) }),
    ...(row.moderated === null ? {} : { moderated: JSON.parse(row.moderated) as Moderated }),
    ...(row.nameless === 1 ? { nameless: true } : {}),
  }
}

type ReactionJson = Omit<Reaction, 'author'> & { readonly author: Author | null }

function reactionsOf(json: string): Reaction[] {
  return (JSON.parse(json) as ReactionJson[]).map(({ author, ...reaction }) =>
    author === null ? reaction : { ...reaction, author },
  )
}

interface DeedJson {
  readonly kind: MessageDeedKind
  readonly state: MessageDeed['state']
  readonly condition: string | null
  readonly text: string | null
}

function deedOf(json: string): MessageDeed {
  const { kind, state, condition, text } = JSON.parse(json) as DeedJson
  return { kind, state, ...(condition === null ? {} : { error: { condition, text: text ?? '' } }) }
}

/**
 * Stanzas of ours that are no messages themselves but must arrive as surely as these do: stored first, sent in order with the
 * messages, once, again after a connection that broke. A new kind is one line here and one in domain/outgoing/deed-stanzas.ts.
 */

export interface DeedPayloads {
  /** XEP-0308. The words are those of the version whose own id is the deed's message id. */
  readonly correction: { readonly replaces: string }
  /** XEP-0424. */
  readonly retraction: { readonly retracts: string }
  /** XEP-0444. `before`: what held until then, should it be refused. */
  readonly reactions: {
    readonly to: string
    readonly emoji: readonly string[]
    readonly before: readonly string[]
  }
}

export type DeedKind = keyof DeedPayloads

/** What is done, with what belongs to it. */
export type Deed = {
  [K in DeedKind]: { readonly kind: K; readonly payload: DeedPayloads[K] }
}[DeedKind]

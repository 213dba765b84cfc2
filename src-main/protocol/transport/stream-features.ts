/**
 * Stream features (RFC 6120 §4.3) in the shape of @xmpp/stream-features, so that the library's own can be plugged in,
 * but run strictly one after another. The library's dispatches each element as it comes: then features that follow
 * SASL2's success in one packet are negotiated before the success is.
 */
import type { Element } from '../xml.ts'
import type { Engine } from './engine.ts'

export type Next = () => Promise<void>
export type FeatureHandler = (
  context: { readonly entity: Engine },
  next: Next,
  feature: Element,
) => Promise<void>

export interface StreamFeatures {
  /** Order is priority. A handler calls `next` to let a later feature have its turn. */
  use(name: string, xmlns: string, handler: FeatureHandler): void
  /** Settles when the handlers of one `<stream:features/>` have. */
  run(features: Element): Promise<void>
}

export function createStreamFeatures(engine: Engine): StreamFeatures {
  const uses: { name: string; xmlns: string; handler: FeatureHandler }[] = []
  return {
    use(name, xmlns, handler) {
      uses.push({ name, xmlns, handler })
    },
    run(features) {
      const offered = uses.flatMap(({ name, xmlns, handler }) => {
        const feature = features.getChild(name, xmlns)
        return feature === undefined ? [] : [{ feature, handler }]
      })
      const turn = async (index: number): Promise<void> => {
        const use = offered[index]
        if (use !== undefined) await use.handler({ entity: engine }, () => turn(index + 1), use.feature)
      }
      return turn(0)
    },
  }
}

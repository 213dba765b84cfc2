/** Giving a token back (XEP-0484 §3.6): the server forgets it when somebody signs in with it for the last time. */
import { localOf } from '../../model/jid.ts'
import { StreamFailure } from '../errors.ts'
import type { StreamCredentials } from '../stream.ts'
import { authenticate2, NS as NS_SASL2 } from '../xep-0388-sasl2.ts'
import { chooseBinding, parseBindingTypes } from '../xep-0440-channel-binding.ts'
import { buildFast, createTokenExchange, parseFast, tokenMechanism } from '../xep-0484-fast.ts'
import type { Channel } from './approach.ts'
import type { Limits } from './limits.ts'
import { userAgentOf } from './signing-in.ts'
import { assertStartTls, nextFeatures, startTls } from './starttls.ts'

/** Rejects with StreamFailure when the server did not hear it; the token is left as it is then. */
export async function revokeToken(
  { engine, upgrade }: Channel,
  { jid, resource, tokens }: Pick<StreamCredentials, 'jid' | 'resource' | 'tokens'>,
  limits: Limits,
): Promise<void> {
  if (!engine.isSecure()) {
    await engine.openStream()
    assertStartTls(await nextFeatures(engine, limits.step))
    await startTls(engine, upgrade, limits.step)
  }
  await engine.openStream()
  const features = await nextFeatures(engine, limits.step)
  const feature = features.getChild('authentication', NS_SASL2)
  const binding = engine.tls && chooseBinding(engine.tls, parseBindingTypes(features))
  const mechanism = feature && tokenMechanism(parseFast(feature), binding)
  const token = tokens?.take()
  if (binding === undefined || token === undefined || token.mechanism !== mechanism) {
    throw new StreamFailure({ code: 'no-mechanism', detail: 'the token is not good here' })
  }
  const exchange = createTokenExchange(localOf(jid), token, binding)
  const request = {
    exchange,
    userAgentId: userAgentOf({ jid, resource }),
    inline: [buildFast(token.count, true)],
  }
  await authenticate2(engine, request, limits.signIn)
  await engine.shut(undefined, limits.close)
}

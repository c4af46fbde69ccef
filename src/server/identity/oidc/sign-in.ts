import { authorizationCodeGrant, buildAuthorizationUrl, calculatePKCECodeChallenge, fetchUserInfo } from 'openid-client'
import type { Ground } from '../../ground.ts'
import type { Config } from '../../main/config.ts'
import { openChallenge, takeChallenge } from '../challenges.ts'
import { secretDigest } from '../secret.ts'
import { siteOf } from '../site.ts'
import { matchPerson } from './match-person.ts'
import type { Provider } from './provider.ts'

/** Where to send the browser (code flow, PKCE S256, state and nonce), and the state its cookie must show at the return. */
export async function beginOidc(ground: Ground, config: Config, provider: Provider): Promise<{ url: URL; state: string }> {
  const server = await provider()
  const state = Buffer.from(ground.random(32)).toString('base64url')
  const { verifier, nonce } = derived(ground, state)
  await openChallenge(ground, 'oidc', state, null)
  const url = buildAuthorizationUrl(server, {
    redirect_uri: `${siteOf(config)}/v1/oidc/return`,
    scope: 'openid email',
    state,
    nonce,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })
  return { url, state }
}

/** The person who came back from the provider; null on any fault. `query` is the return's own, `state` the cookie's. */
export async function finishOidc(
  ground: Ground,
  config: Config,
  provider: Provider,
  query: string,
  state: string,
): Promise<string | null> {
  const back = new URL(`${siteOf(config)}/v1/oidc/return${query}`)
  if (back.searchParams.get('state') !== state || !(await takeChallenge(ground, 'oidc', state, null))) return null
  const { verifier, nonce } = derived(ground, state)
  try {
    const server = await provider()
    const tokens = await authorizationCodeGrant(server, back, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    })
    const claims = tokens.claims()
    if (claims === undefined) return null
    // Many providers tell the address at the userinfo endpoint only; the subject must be the same there.
    const told = claims['email'] === undefined ? await fetchUserInfo(server, tokens.access_token, claims.sub) : claims
    const email = told['email_verified'] === true && typeof told['email'] === 'string' ? told['email'] : null
    return await matchPerson(ground, claims.iss, claims.sub, email)
  } catch {
    // Whatever the provider refused, or sent that does not verify.
    return null
  }
}

/** Verifier and nonce follow from the state and our key: nothing of a sign-in under way lies in the database. */
function derived(ground: Ground, state: string): { verifier: string; nonce: string } {
  return {
    verifier: secretDigest(ground.keys, `oidc-verifier ${state}`).toString('base64url'),
    nonce: secretDigest(ground.keys, `oidc-nonce ${state}`).toString('base64url'),
  }
}

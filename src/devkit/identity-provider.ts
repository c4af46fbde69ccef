import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Account {
  readonly sub: string
  readonly email?: string
  readonly email_verified?: boolean
}

/** What is used of oidc-provider, which brings no types. */
interface ProviderLike {
  callback(): (request: IncomingMessage, response: ServerResponse) => void
  interactionFinished(request: IncomingMessage, response: ServerResponse, result: object): Promise<void>
  proxy: boolean
}
interface GrantContext {
  readonly oidc: {
    readonly client: { readonly clientId: string }
    readonly session: { readonly accountId: string }
    readonly provider: { readonly Grant: new (of: object) => { addOIDCScope(scope: string): void; save(): Promise<string> } }
  }
}

/** A real OpenID provider on loopback that signs everybody in as whoever `account` is. */
export interface IdentityProvider {
  readonly issuer: string
  account: Account
  /** Walks a browser from `start` through the provider; returns the address it is sent back to. */
  walk(start: string): Promise<URL>
  close(): Promise<void>
}

export async function identityProvider(client: { id: string; secret: string; redirect: string }): Promise<IdentityProvider> {
  const { default: Provider } = (await import('oidc-provider' as string)) as {
    default: new (issuer: string, options: object) => ProviderLike
  }
  let provider: ProviderLike
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/login/'))
      void provider.interactionFinished(request, response, { login: { accountId: idp.account.sub } })
    else provider.callback()(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  provider = new Provider(issuer, {
    clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: [client.redirect] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    cookies: { keys: ['of a test'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/login/${uid}` },
    findAccount: (_: unknown, sub: string) => ({ accountId: sub, claims: () => ({ ...idp.account, sub }) }),
    async loadExistingGrant({ oidc }: GrantContext) {
      const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId })
      grant.addOIDCScope('openid email')
      await grant.save()
      return grant
    },
  })
  const idp: IdentityProvider = {
    issuer,
    account: { sub: 'nobody' },
    async walk(start) {
      const jar = new Map<string, string>()
      let at = new URL(start)
      for (let steps = 0; at.href.startsWith(issuer) && steps < 10; steps++) {
        const answer = await fetch(at, {
          redirect: 'manual',
          headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
        })
        for (const line of answer.headers.getSetCookie()) {
          const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
          jar.set(name!, value!)
        }
        at = new URL(answer.headers.get('location') ?? 'about:blank', at)
      }
      return at
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return idp
}

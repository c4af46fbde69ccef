import type { Context, Hono } from 'hono'
import { oidcProvider } from '../../identity/oidc/provider.ts'
import { beginOidc, finishOidc } from '../../identity/oidc/sign-in.ts'
import type { Desks } from '../desks.ts'
import { type Env, type Handler, refuse, serve } from '../door.ts'
import { cookie, startSession } from '../sign-in.ts'

const STATE = 'weir_oidc'
const PATH = '/v1/oidc'

/** Sign-in by the configured identity provider. Without one these addresses do not exist. */
export function oidcRoutes(app: Hono<Env>, desks: Desks, counted: (handler: Handler) => Handler): void {
  const { intake: ground, config } = desks
  if (config.oidc === null) return
  const provider = oidcProvider(config.oidc)

  serve(
    app,
    'oidcStart',
    counted(async (c) => {
      try {
        const { url, state } = await beginOidc(ground, config, provider)
        c.header('set-cookie', cookie(config, STATE, state, PATH, 300))
        return c.redirect(url.href, 302)
      } catch (error) {
        desks.log.warn({ error: (error as Error).name }, 'the identity provider does not answer')
        return refuse(c, { ok: false, code: 'server.unavailable', say: 'The identity provider does not answer.' })
      }
    }),
  )

  // The cookie ties the return to the browser that left: nobody can be signed in as somebody else by following a link.
  serve(
    app,
    'oidcReturn',
    counted(async (c, caller) => {
      const state = stateOf(c)
      c.header('set-cookie', cookie(config, STATE, '', PATH, 0), { append: true })
      const person =
        state === null ? null : await finishOidc(ground, config, provider, new URL(c.req.url).search.slice(0, 8192), state)
      if (person === null) return c.redirect('/sign-in?failed=1', 302)
      await startSession(c, desks, caller, person)
      return c.redirect('/', 302)
    }),
  )
}

function stateOf(c: Context<Env>): string | null {
  return /(?:^|;\s*)weir_oidc=([\w-]{43})(?:;|$)/.exec(c.req.header('cookie') ?? '')?.[1] ?? null
}

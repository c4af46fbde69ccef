import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import type { Context, Hono } from 'hono'
import { AcceptInvite, RecoverySignIn } from '../../../contract/shapes/account.ts'
import { PasskeyAnswer } from '../../../contract/shapes/passkey.ts'
import { presentAccount } from '../../../core/access/present/public.ts'
import { acceptInvite } from '../../app/account/accept-invite.ts'
import { denied, done } from '../../app/answer.ts'
import { Attempts } from '../../identity/attempts.ts'
import { beginLogin, finishLogin } from '../../identity/passkeys/login.ts'
import { takeRecoveryCode } from '../../identity/recovery-codes.ts'
import { clientAddress } from '../client-address.ts'
import type { Desks } from '../desks.ts'
import { type Caller, type Env, type Handler, readBody, refuse, send, serve } from '../door.ts'
import { signIn } from '../sign-in.ts'
import { oidcRoutes } from './oidc.ts'

const TOO_MANY = denied('quota.exceeded', 'Too many attempts to sign in. Wait a minute.')

/** The ways in: passkey, recovery code, invite, identity provider. Attempts are counted per address and per passkey. */
export function signInRoutes(app: Hono<Env>, desks: Desks): void {
  const { intake: ground, config } = desks
  const byAddress = new Attempts(ground.clock)
  const byPasskey = new Attempts(ground.clock, { burst: 10, perSecond: 0.2 })
  const counted =
    (handler: Handler): Handler =>
    (c: Context<Env>, caller: Caller) =>
      byAddress.take(clientAddress(c, config.publicUrl !== null)) ? handler(c, caller) : refuse(c, TOO_MANY)

  serve(
    app,
    'passkeyLoginOptions',
    counted(async (c) => send(c, done(presentAccount(await beginLogin(ground, config))))),
  )
  serve(
    app,
    'passkeyLogin',
    counted(async (c, caller) => {
      const body = await readBody(c, PasskeyAnswer)
      if (!body.ok) return refuse(c, body)
      if (!byPasskey.take(body.value.id)) return refuse(c, TOO_MANY)
      return await signIn(
        c,
        desks,
        caller,
        await finishLogin(ground, config, body.value as unknown as AuthenticationResponseJSON),
      )
    }),
  )
  serve(
    app,
    'recover',
    counted(async (c, caller) => {
      const body = await readBody(c, RecoverySignIn)
      return body.ok ? await signIn(c, desks, caller, await takeRecoveryCode(ground, body.value.code)) : refuse(c, body)
    }),
  )
  serve(
    app,
    'inviteAccept',
    counted(async (c, caller) => {
      const body = await readBody(c, AcceptInvite)
      return body.ok
        ? await signIn(c, desks, caller, await acceptInvite(ground, body.value.secret, body.value.name))
        : refuse(c, body)
    }),
  )
  oidcRoutes(app, desks, counted)
}

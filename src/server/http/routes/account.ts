import type { RegistrationResponseJSON } from '@simplewebauthn/server'
import type { Hono } from 'hono'
import { DemoSignIn } from '../../../contract/shapes/account.ts'
import { PasskeyAnswer } from '../../../contract/shapes/passkey.ts'
import { presentAccount } from '../../../core/access/present/public.ts'
import { listDemoPeople } from '../../app/account/demo-people.ts'
import { readMe } from '../../app/account/me.ts'
import { done, NOT_FOUND } from '../../app/answer.ts'
import { beginPasskey, finishPasskey } from '../../identity/passkeys/register.ts'
import { makeRecoveryCodes } from '../../identity/recovery-codes.ts'
import { endSession } from '../../identity/sessions.ts'
import type { Desks } from '../desks.ts'
import { type Env, readBody, refuse, send, serve } from '../door.ts'
import { COOKIE } from '../guard.ts'
import { cookie, NOT_ACCEPTED, signIn } from '../sign-in.ts'
import { peopleRoutes } from './people.ts'
import { signInRoutes } from './sign-in.ts'

/** Everything about people: who asks, the ways in and out, and who is here. */
export function accountRoutes(app: Hono<Env>, desks: Desks): void {
  const { intake: ground, config } = desks
  serve(app, 'me', async (c, { principal }) => send(c, done(await readMe(ground, config, desks.notes, principal))))
  serve(app, 'signOut', async (c, { session }) => {
    if (session !== null) await endSession(ground, session)
    c.header('set-cookie', cookie(config, COOKIE, '', '/', 0))
    return send(c, done(presentAccount({ signedIn: false as const })))
  })
  if (config.demo) demoRoutes(app, desks)
  signInRoutes(app, desks)
  ownKeyRoutes(app, desks)
  peopleRoutes(app, desks)
}

/** Registered on a demo only: elsewhere these addresses are like any that never was. */
function demoRoutes(app: Hono<Env>, desks: Desks): void {
  serve(app, 'demoPeople', async (c) => send(c, done(presentAccount({ rows: await listDemoPeople(desks.intake) }))))
  serve(app, 'demoSignIn', async (c, caller) => {
    const body = await readBody(c, DemoSignIn)
    if (!body.ok) return refuse(c, body)
    const person = (await listDemoPeople(desks.intake)).find(({ id }) => id === body.value.person)
    return await signIn(c, desks, caller, person?.id ?? null)
  })
}

/** A person's own passkeys and recovery codes; in person only, never with a token. */
function ownKeyRoutes(app: Hono<Env>, desks: Desks): void {
  const { intake: ground, config } = desks
  serve(app, 'passkeyRegisterOptions', async (c, { principal }) => {
    const me = await readMe(ground, config, [], principal)
    return me.person === null
      ? refuse(c, NOT_FOUND)
      : send(c, done(presentAccount(await beginPasskey(ground, config, me.person))))
  })
  serve(app, 'passkeyRegister', async (c, { principal: { person } }) => {
    const body = await readBody(c, PasskeyAnswer)
    if (!body.ok) return refuse(c, body)
    const kept =
      person !== null && (await finishPasskey(ground, config, person, body.value as unknown as RegistrationResponseJSON))
    return kept ? send(c, done(presentAccount({ id: body.value.id })), 201) : refuse(c, NOT_ACCEPTED)
  })
  serve(app, 'recoveryCodes', async (c, { principal: { person } }) =>
    person === null
      ? refuse(c, NOT_FOUND)
      : send(c, done(presentAccount({ codes: await makeRecoveryCodes(ground, person) })), 201),
  )
}

import type { Context } from 'hono'
import { STRANGER } from '../../core/access/principal.ts'
import { readMe } from '../app/account/me.ts'
import { denied, done } from '../app/answer.ts'
import { endSession, openSession, recogniseSession, SESSION_LENGTH } from '../identity/sessions.ts'
import type { Config } from '../main/config.ts'
import type { Desks } from './desks.ts'
import { type Caller, type Env, refuse, send } from './door.ts'
import { COOKIE } from './guard.ts'

/** The one thing that is said when a sign-in fails, whatever the reason. */
export const NOT_ACCEPTED = denied('session.not-accepted')

/** Opens a session for that person in the place of the caller's former one, and answers who they are now. */
export async function signIn(c: Context<Env>, desks: Desks, caller: Caller, person: string | null): Promise<Response> {
  if (person === null) return refuse(c, NOT_ACCEPTED)
  const secret = await startSession(c, desks, caller, person)
  const session = await recogniseSession(desks.intake, secret)
  return send(c, done(await readMe(desks.intake, desks.config, desks.notes, session?.principal ?? STRANGER)))
}

/** The same without a body, for a browser that comes back from elsewhere: sets the cookie and returns its secret. */
export async function startSession(c: Context<Env>, desks: Desks, caller: Caller, person: string): Promise<string> {
  if (caller.session !== null) await endSession(desks.intake, caller.session)
  const { secret } = await openSession(desks.intake, person)
  c.header('set-cookie', cookie(desks.config, COOKIE, secret, '/', SESSION_LENGTH / 1000), { append: true })
  return secret
}

export function cookie(config: Config, name: string, value: string, path: string, seconds: number): string {
  return `${name}=${value}; Path=${path}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${config.publicUrl === null ? '' : '; Secure'}`
}

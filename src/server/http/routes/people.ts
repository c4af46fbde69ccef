import type { Context, Hono } from 'hono'
import { NewInvite, NewOrganisation, NewToken, SetRoles } from '../../../contract/shapes/account.ts'
import { presentAccount } from '../../../core/access/present/public.ts'
import { addInvite } from '../../app/account/add-invite.ts'
import { addOrganisation } from '../../app/account/add-organisation.ts'
import { addToken } from '../../app/account/add-token.ts'
import { endInvite } from '../../app/account/end-invite.ts'
import { endPerson } from '../../app/account/end-person.ts'
import { endToken } from '../../app/account/end-token.ts'
import { listInvites } from '../../app/account/list-invites.ts'
import { listOrganisations } from '../../app/account/list-organisations.ts'
import { listPeople } from '../../app/account/list-people.ts'
import { listTokens } from '../../app/account/list-tokens.ts'
import { setRoles } from '../../app/account/set-roles.ts'
import { type Answer, done } from '../../app/answer.ts'
import type { Desks } from '../desks.ts'
import { type Env, readBody, refuse, send, serve } from '../door.ts'

/** Who is here and what they may do: organisations, people, invites, tokens. */
export function peopleRoutes(app: Hono<Env>, desks: Desks): void {
  const { intake: ground, config } = desks
  const id = (c: Context<Env>) => c.req.param('id') ?? ''
  const rows = <T>(c: Context<Env>, list: readonly T[]) => send(c, done(presentAccount({ rows: list })))
  const tell = <T extends object>(c: Context<Env>, answer: Answer<T>, status: 200 | 201 = 200) =>
    answer.ok ? send(c, done(presentAccount(answer.value)), status) : refuse(c, answer)

  serve(app, 'listOrganisations', async (c, { principal }) => rows(c, await listOrganisations(ground, principal)))
  serve(app, 'addOrganisation', async (c, { principal }) => {
    const body = await readBody(c, NewOrganisation)
    return body.ok ? tell(c, await addOrganisation(ground, principal, body.value), 201) : refuse(c, body)
  })
  serve(app, 'listPeople', async (c, { principal }) => rows(c, await listPeople(ground, principal)))
  serve(app, 'setRoles', async (c, { principal }) => {
    const body = await readBody(c, SetRoles)
    return body.ok ? tell(c, await setRoles(ground, principal, id(c), body.value)) : refuse(c, body)
  })
  serve(app, 'endPerson', async (c, { principal }) => tell(c, await endPerson(ground, principal, id(c))))
  serve(app, 'listInvites', async (c, { principal }) => rows(c, await listInvites(ground, principal)))
  serve(app, 'addInvite', async (c, { principal }) => {
    const body = await readBody(c, NewInvite)
    return body.ok ? tell(c, await addInvite(ground, config, principal, body.value), 201) : refuse(c, body)
  })
  serve(app, 'endInvite', async (c, { principal }) => tell(c, await endInvite(ground, principal, id(c))))
  serve(app, 'listTokens', async (c, { principal }) => rows(c, await listTokens(ground, principal)))
  serve(app, 'addToken', async (c, { principal }) => {
    const body = await readBody(c, NewToken)
    return body.ok ? tell(c, await addToken(ground, principal, body.value), 201) : refuse(c, body)
  })
  serve(app, 'endToken', async (c, { principal }) => tell(c, await endToken(ground, principal, id(c))))
}

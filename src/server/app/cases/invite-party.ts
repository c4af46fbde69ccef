import type { CaseAct } from '../../../contract/shapes/case.ts'
import type { Participant, Tier } from '../../../core/cases/case.ts'
import { type Id, newId, parseId } from '../../../core/kernel/id.ts'
import { DAY, type Instant, instant } from '../../../core/kernel/instant.ts'
import type { Tx } from '../../store/connection.ts'
import { type Answer, denied, done } from '../answer.ts'
import type { CaseDesk } from './case-desk.ts'
import type { Prepared } from './command-case.ts'
import type { SeenCase } from './load-case.ts'

type Invite = Extract<CaseAct, { do: 'invite' }>

/** An invitation: of somebody new, anew of whoever did not answer, or of a reader to more flaws. */
export async function inviteOf(desk: CaseDesk, tx: Tx, seen: SeenCase, act: Invite): Promise<Answer<Prepared>> {
  const { case: of, now, projects } = seen
  const inviter = seen.coordinator ? of.chair : seen.parties[0]?.id
  if (inviter === undefined) return denied('case.refused', 'Take part in the case first.', 'asker.not-reader')
  const whom = await whomOf(tx, act)
  if (!whom.ok) return whom
  const flaws = act.flaws.map((text) => parseId('flaw', text))
  const named = flaws.flatMap((id) => id ?? [])
  if (named.length < flaws.length) return denied('request.invalid', 'There is no flaw of that id here.', 'act/flaws')
  const offered = named.length === 0 ? 'all' : named
  const respondBy = inDays(act.respondInDays, now)
  const known = of.participants.find((one) => one.leftAt === null && one.kind === act.kind && isSame(one, whom.value, projects))
  if (known !== undefined && known.id !== of.chair && seen.coordinator) {
    const { id: participant, flaws: reads } = known
    const more = offered === 'all' ? of.flaws.some(({ flaw }) => !reads.includes(flaw)) : true
    if (known.admittedAt !== null && more) return done({ command: { do: 'widen', participant, flaws: offered, respondBy } })
    return done({ command: { do: 'invite-again', participant, respondBy } })
  }
  const participant = newId('participant', desk.random)
  const { organisation, project } = whom.value
  const { kind, showsProduct } = act
  const tier = act.tier as Tier
  return done({
    command: { do: 'invite', participant, organisation, kind, tier, flaws: offered, inviter, respondBy, showsProduct },
    ...(project === null ? {} : { body: { projects: { ...projects, [participant]: project } } }),
  })
}

interface Whom {
  readonly organisation: Id<'organisation'> | null
  readonly project: string | null
}

/** An organisation by its id, or a project's maintainer: the organisation that proved to be it, else a contact without an account. */
async function whomOf(tx: Tx, { organisation, project }: Invite): Promise<Answer<Whom>> {
  if (project !== null) {
    const row = await tx.db.selectFrom('project').select('organisation_id').where('id', '=', project).executeTakeFirst()
    if (row === undefined) return denied('request.invalid', 'There is no project of that id.', 'act/project')
    return done({ organisation: row.organisation_id as Id<'organisation'> | null, project })
  }
  const id = organisation === null ? null : parseId('organisation', organisation)
  const row =
    id === null ? undefined : await tx.db.selectFrom('organisation').select('id').where('id', '=', id).executeTakeFirst()
  if (id === null || row === undefined)
    return denied('request.invalid', 'There is no organisation of that id.', 'act/organisation')
  return done({ organisation: id, project: null })
}

function isSame({ id, organisation }: Participant, whom: Whom, projects: Readonly<Record<string, string>>): boolean {
  return whom.organisation === null ? projects[id] === whom.project : organisation === whom.organisation
}

function inDays(days: number | null, now: Instant): Instant | null {
  return days === null ? null : instant(Math.floor(now + days * DAY))
}

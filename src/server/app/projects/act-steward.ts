import { hash } from 'node:crypto'
import type { ProjectAct } from '../../../contract/shapes/project.ts'
import { decideSteward } from '../../../core/cases/steward/decide-steward.ts'
import { evolveSteward } from '../../../core/cases/steward/evolve-steward.ts'
import { openStewardship } from '../../../core/cases/steward/open-stewardship.ts'
import type { StewardAsker, StewardCommand } from '../../../core/cases/steward/steward-command.ts'
import { type Abandonment, STEWARD_POLICY, type Stewardship } from '../../../core/cases/steward/stewardship.ts'
import type { Id } from '../../../core/kernel/id.ts'
import { parseInstant } from '../../../core/kernel/instant.ts'
import type { Tx } from '../../store/connection.ts'
import { updateProject } from '../../store/project.ts'
import { type Answer, denied, done } from '../answer.ts'
import type { Acting } from './act-project.ts'
import { headOf, type LoadedProject } from './load-project.ts'
import { projectDue } from './project-due.ts'

type Act = Extract<ProjectAct, { do: 'steward' }>

/** Moves the stewardship of a package that nobody maintains: where it shall stand says which step is meant. */
export async function actSteward(acting: Acting, loaded: LoadedProject, act: Act): Promise<Answer<null>> {
  const { who, person, coordinator, tx } = acting
  const asker: StewardAsker = {
    kind: 'person',
    person: person as Id<'person'>,
    organisation: (who.organisation ?? '') as Id<'organisation'>,
    coordinator,
  }
  const care = loaded.care !== null && loaded.care.ended === null ? loaded.care : null
  if (care === null) {
    if (act.to !== 'unassigned')
      return denied('project.refused', 'Nobody has said yet that nobody maintains it.', 'stewardship.none')
    if (loaded.row.purl === null) return denied('project.refused', 'A stewardship is of a package.', 'target.malformed')
    const decision = openStewardship(
      { target: loaded.row.purl, abandoned: abandonedOf(loaded, act) },
      asker,
      loaded.now,
      STEWARD_POLICY,
    )
    if (!decision.ok) return denied('project.refused', decision.say, decision.code)
    return await keep(acting, loaded, decision.events.reduce<Stewardship | null>(evolveSteward, null)!)
  }
  const command = await commandOf(tx, care, act, person)
  if (command === null) return denied('request.invalid', 'Name the person who is asked to look.', 'act/lead')
  const decision = decideSteward(care, command, asker, loaded.now, STEWARD_POLICY)
  if (!decision.ok) return denied('project.refused', decision.say, decision.code)
  return await keep(acting, loaded, decision.events.reduce<Stewardship>(evolveSteward, care))
}

/** Tells a stewardship the time; null where nothing is due. */
export function stewardAt({ care, now }: LoadedProject): Stewardship | null {
  if (care === null) return null
  const decision = decideSteward(care, { do: 'clock' }, { kind: 'machine' }, now, STEWARD_POLICY)
  return decision.ok && decision.events.length > 0 ? decision.events.reduce<Stewardship>(evolveSteward, care) : null
}

async function keep({ tx }: Pick<Acting, 'tx'>, loaded: LoadedProject, care: Stewardship): Promise<Answer<null>> {
  await updateProject(tx, headOf(loaded, { steward: care.state, stewardBody: care, dueAt: projectDue(loaded.file, care) }))
  return done(null)
}

function abandonedOf({ now }: LoadedProject, { why, firstLetterAt, lastSignAt }: Act): Abandonment {
  const first = firstLetterAt ? parseInstant(firstLetterAt) : null
  if (first === null) return { kind: 'declared', at: now, digest: hash('sha256', why, 'hex') }
  return { kind: 'silent', firstLetterAt: first, lastSignAt: lastSignAt ? parseInstant(lastSignAt) : null }
}

async function commandOf(tx: Tx, care: Stewardship, act: Act, person: string): Promise<StewardCommand | null> {
  const lead = care.lead?.person === person
  switch (act.to) {
    case 'unassigned':
      return { do: 'step-down' }
    case 'assessing': {
      const row = await tx.db
        .selectFrom('person')
        .select(['id', 'organisation_id'])
        .where('id', '=', act.lead ?? '')
        .where('state', '=', 'active')
        .executeTakeFirst()
      if (row === undefined) return null
      return { do: 'assign', lead: { person: row.id as Id<'person'>, organisation: row.organisation_id as Id<'organisation'> } }
    }
    case 'active':
      if (care.state !== 'assessing') return { do: 'check-in' }
      return lead ? { do: 'assess', canCarry: true, assessment: hash('sha256', act.why, 'hex') } : { do: 'confirm' }
    case 'escalated':
      if (lead && care.state === 'assessing')
        return { do: 'assess', canCarry: false, assessment: hash('sha256', act.why, 'hex') }
      return { do: 'escalate', why: 'too-large' }
    case 'ended':
      return { do: 'end', why: act.end ?? 'not-needed' }
  }
}

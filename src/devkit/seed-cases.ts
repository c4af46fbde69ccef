import { isBinding } from '../core/cases/embargo-state.ts'
import { takeFunnel } from '../server/app/funnel/take-funnel.ts'
import { actLetter, listLetters } from '../server/app/letters/letter-desk.ts'
import { LOOK_NOWHERE, openProjectDesk, type ProjectDesk } from '../server/app/projects/project-desk.ts'
import type { Ground } from '../server/ground.ts'
import type { Desks } from '../server/http/desks.ts'
import { inTransaction } from '../server/store/connection.ts'
import { loadPeople } from './case-cast.ts'
import { FINDINGS, ROOM, TOLD } from './case-script.ts'
import { CaseStage } from './case-stage.ts'
import { must } from './docket-cast.ts'
import { Past } from './past.ts'
import { seedDuties } from './seed-duties.ts'
import { seedFindings } from './seed-findings.ts'
import { seedJudgements } from './seed-judgements.ts'
import { seedQuarry, type Tell } from './seed-quarry.ts'
import { seedLetters, seedRoom } from './seed-room.ts'
import { seedScans } from './seed-scans.ts'
import { seedSteward } from './seed-steward.ts'
import { seedTold } from './seed-told.ts'

const COORDINATOR = 'ines.marrow@northcoast.example'
/** The setting that says which stories are told. */
const NAME = 'demo-cases'
/** The last story: whoever finds it told needs no finding any more. */
const LAST = 'told'
const MAILBOX = { local: 'cases', domain: 'northcoast.example' }

export type CaseDesks = Pick<Desks, 'intake' | 'macs' | 'cases' | 'senderOf' | 'advisory' | 'config' | 'published'>

/**
 * Tells the demo's cases by the commands that people have, each story once: one that a stop cut short is ended and told anew. Nothing
 * may tell cases the time meanwhile, for the stories lie in the past. Throws with the refusal where a command is refused.
 */
export async function seedCases(desks: CaseDesks, signal: AbortSignal = new AbortController().signal): Promise<void> {
  const { cases } = desks
  const told = await toldOf(cases)
  const people = await loadPeople(cases)
  const past = new Past(cases.clock())
  const stage = new CaseStage(cases, people, past, signal)
  const { name, publicUrl, port } = desks.config
  const site = publicUrl ?? `http://localhost:${port}`
  const projects = openProjectDesk(cases, { look: LOOK_NOWHERE, name, site, mailbox: MAILBOX })
  const tell: Tell = async (story, keys, work) => {
    if (told.has(story)) return
    signal.throwIfAborted()
    await endCut(
      stage,
      projects,
      keys.flatMap((key) => flaws.get(key) ?? []),
    )
    await work()
    await note(cases, told.add(story))
  }
  const flaws = told.has(LAST) ? new Map<string, string>() : await seedFindings(desks, people, past, FINDINGS, signal)
  await tell('judgements', [], () => seedJudgements({ ...cases, macs: desks.macs }, people, flaws))
  await tell('room', keysOf(ROOM), async () => await seedLetters(stage, projects, await seedRoom(stage, flaws)))
  await seedQuarry(stage, projects, flaws, tell)
  await tell('scans', [], () => seedScans(cases, people))
  await tell('duties', [], () => seedDuties(cases, people))
  await tell('steward', [], () => seedSteward(stage, projects))
  // Last: the first advisory loads the official check, which takes longer than all the rest.
  await tell(LAST, [TOLD.key], () => seedTold(stage, desks.advisory, flaws))
  desks.published()
  await takeFunnel(cases)
}

const keysOf = (scripted: readonly { readonly key: string }[]) => scripted.map(({ key }) => key)

/** Ends the open cases that hold one of those flaws: a story that was cut short begins anew. */
async function endCut(stage: CaseStage, projects: ProjectDesk, flaws: readonly string[]): Promise<void> {
  if (flaws.length === 0) return
  const rows = await inTransaction(stage.desk.store, 'all', ({ db }) =>
    db
      .selectFrom('case_flaw')
      .select('case_id')
      .distinct()
      .where('flaw_id', 'in', [...flaws])
      .where('removed_at', 'is', null)
      .execute(),
  )
  stage.past.again(0)
  for (const { case_id } of rows) {
    const reason = 'It was begun anew.'
    if (isBinding((await stage.load(case_id)).case.embargo.state))
      await stage.act(COORDINATOR, case_id, { do: 'end-embargo', why: 'adversary-knows', reason })
    const { rows: letters } = must(await listLetters(projects, stage.people(COORDINATOR), case_id), 'letters')
    for (const { id, version, state } of letters)
      if (state === 'queued') must(await actLetter(projects, stage.people(COORDINATOR), id, { do: 'drop', version }), 'drop')
    await stage.act(COORDINATOR, case_id, { do: 'close', why: reason })
  }
}

async function toldOf({ store }: Ground): Promise<Set<string>> {
  const row = await store.db.selectFrom('setting').select('value').where('name', '=', NAME).executeTakeFirst()
  return new Set((row?.value as readonly string[] | undefined) ?? [])
}

async function note({ store }: Ground, told: ReadonlySet<string>): Promise<void> {
  const value = JSON.stringify([...told])
  await store.db
    .insertInto('setting')
    .values({ name: NAME, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
}

import type { ProjectAct } from '../contract/shapes/project.ts'
import { actLetter } from '../server/app/letters/letter-desk.ts'
import { tellCases } from '../server/app/notices/tell-cases.ts'
import { actProject } from '../server/app/projects/act-project.ts'
import { addProject } from '../server/app/projects/add-project.ts'
import { loadProject } from '../server/app/projects/load-project.ts'
import type { ProjectDesk } from '../server/app/projects/project-desk.ts'
import { readProject } from '../server/app/projects/read-project.ts'
import { inTransaction } from '../server/store/connection.ts'
import { numberEvents } from '../server/store/events.ts'
import { letterQueue } from '../server/store/letter-queue.ts'
import { CASE_PEOPLE } from './case-people.ts'
import { QUARRY, type ScriptedFinding } from './case-script.ts'
import type { CaseStage } from './case-stage.ts'
import { must } from './docket-cast.ts'
import { finderOf } from './seed-findings.ts'

const COORDINATOR = 'ines.marrow@northcoast.example'
const KEEPER = CASE_PEOPLE.keeper.email
const ENTERED = 30
/** So many reach the project at once; the others wait. */
const AT_ONCE = 2
const WRITTEN = 6

const TERMS = {
  contact: { route: 'mail', at: 'security@libquarry.example', keys: [] },
  report: { mustCarry: ['reproducer'], plainText: true, mostCharacters: null, languages: [], unchecked: false },
  ai: { disclosure: 'required', found: 'accepted' },
  embargo: { stance: 'days', most: 90 },
  pace: { openAtOnce: AT_ONCE, perWeek: AT_ONCE, quiet: null, pausedUntil: null },
}

/** Enters the project that takes two reports at a time, with a maintainer who is proved, and thirteen cases for it. */
export async function seedQuarry(stage: CaseStage, desk: ProjectDesk, flaws: ReadonlyMap<string, string>): Promise<void> {
  const project = await seedProject(stage, desk)
  for (const [n, one] of QUARRY.entries()) await seedWaiting(stage, desk, project, n, one, flaws.get(one.key)!)
}

async function seedProject(stage: CaseStage, desk: ProjectDesk): Promise<string> {
  const { past, people } = stage
  past.again(ENTERED)
  const purl = QUARRY[0]!.purl
  const found = await inTransaction(desk.store, 'all', ({ db }) =>
    db.selectFrom('project').select(['id', 'organisation_id']).where('purl', '=', purl).executeTakeFirst(),
  )
  if (found?.organisation_id) return found.id
  const asked = {
    name: 'libquarry',
    purl,
    repository: 'https://code.libquarry.example/libquarry',
    domains: ['libquarry.example'],
    terms: TERMS,
    source: 'https://libquarry.example/.well-known/security.txt, read by a person',
  }
  const id = found?.id ?? must(await addProject(past.on(desk), people(COORDINATOR), asked), 'a project').id
  const act = async (what: ProjectAct) => {
    const loaded = await inTransaction(desk.store, 'all', (tx) => loadProject(past.on(desk), tx, id))
    must(await actProject(past.on(desk), people(COORDINATOR), id, { version: loaded!.row.version, act: what }), what.do)
  }
  // Both what letters go to and the account that looks at reports.
  for (const organisation of [null, people(KEEPER).organisation]) {
    await act({ do: 'ask-proof', kind: 'security-txt', organisation })
    const view = must(await readProject(past.on(desk), people(COORDINATOR), id), 'the project')
    const proof = view.proofs.find(({ state, put }) => state === 'asked' && put !== null)
    if (proof?.put) await act({ do: 'check-proof', proof: proof.id, seen: proof.put.value })
  }
  return id
}

async function seedWaiting(
  stage: CaseStage,
  desk: ProjectDesk,
  project: string,
  n: number,
  one: ScriptedFinding,
  flaw: string,
): Promise<void> {
  const { past, people } = stage
  const goes = n < AT_ONCE
  past.again(goes ? WRITTEN - n / 4 : WRITTEN - 1 - n / 4)
  const id = await stage.open(COORDINATOR, { flaws: [flaw], project, policy: goes ? 'cert-cc/45-days' : null })
  await stage.invite(COORDINATOR, finderOf(one), id, { kind: 'finder', tier: 0 })
  await stage.accept(finderOf(one), id)
  const invited = { kind: 'maintainer', tier: 0, project, respondInDays: 60 } as const
  await stage.act(COORDINATOR, id, { do: 'invite', organisation: null, flaws: [], showsProduct: true, ...invited })
  const party = await stage.party(KEEPER, id)
  const letter = await draftOf(past.on(desk), id, party)
  must(await actLetter(past.on(desk), people(COORDINATOR), letter.id, { do: 'send', version: letter.version }), 'sending')
  if (!goes) return
  await post(past.on(desk), letter.id)
  past.ago(WRITTEN - 1 - n / 4)
  await stage.accept(KEEPER, id)
}

/** The draft that the invitation itself asks for, once it was told; this server may have told it already. */
async function draftOf(
  desk: ProjectDesk,
  id: string,
  party: string,
): Promise<{ readonly id: string; readonly version: number }> {
  await numberEvents(desk.store)
  await tellCases(desk)
  return await inTransaction(desk.store, 'all', ({ db }) =>
    db
      .selectFrom('letter')
      .select(['id', 'version'])
      .where('case_id', '=', id)
      .where('party_id', '=', party)
      .where('template', '=', 'invitation')
      .executeTakeFirstOrThrow(),
  )
}

/** Plays the mail server, which a demo has none of: the letter went and was taken. */
async function post(desk: ProjectDesk, letter: string): Promise<void> {
  const queue = letterQueue(desk)
  for (const one of await queue.claim(desk.clock(), 10)) {
    if (one.id !== letter) continue
    await queue.handing(one.id, one.lease, desk.clock())
    await queue.sent(one.id, one.lease, one.messageId, '250 taken by the demo')
  }
}

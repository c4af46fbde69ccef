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
const WAITING = 9
const WRITTEN = 6

const TERMS = {
  contact: { route: 'mail', at: 'security@libquarry.example', keys: [] },
  report: { mustCarry: ['reproducer'], plainText: true, mostCharacters: null, languages: [], unchecked: false },
  ai: { disclosure: 'required', found: 'accepted' },
  embargo: { stance: 'days', most: 90 },
  pace: { openAtOnce: AT_ONCE, perWeek: AT_ONCE, quiet: null, pausedUntil: null },
}

/** Tells one story once; `keys`: of the findings whose cases it makes. */
export type Tell = (story: string, keys: readonly string[], work: () => Promise<unknown>) => Promise<void>

/**
 * Enters the project that takes two reports at a time. Eleven cases are written to its address while it pauses; then its maintainer's
 * account is proved, two more cases come, the pause ends, and the two that matter most go.
 */
export async function seedQuarry(
  stage: CaseStage,
  desk: ProjectDesk,
  flaws: ReadonlyMap<string, string>,
  tell: Tell,
): Promise<void> {
  const { past, people } = stage
  const of = (one: ScriptedFinding) => ({ one, flaw: flaws.get(one.key)! })
  await tell('quarry', [], async () => {
    past.again(ENTERED)
    const project = await seedProject(stage, desk)
    past.ago(WAITING + 1)
    await acting(stage, desk, project)({ do: 'pause', until: past.in(-WRITTEN) })
  })
  for (const [n, one] of QUARRY.slice(AT_ONCE).entries())
    await tell(one.key, [one.key], async () => {
      past.again(WAITING - n / 5)
      await seedWritten(stage, desk, await projectOf(desk), of(one))
    })
  await tell('quarry-proved', [], async () => {
    past.again(WRITTEN + 0.5)
    await prove(stage, desk, await projectOf(desk), people(KEEPER).organisation)
  })
  const first = QUARRY.slice(0, AT_ONCE)
  await tell(
    'quarry-going',
    first.map(({ key }) => key),
    async () => {
      past.again(WRITTEN + 0.4)
      const project = await projectOf(desk)
      const going: Written[] = []
      for (const one of first) going.push(await seedWritten(stage, desk, project, of(one)))
      past.ago(WRITTEN - 0.1)
      await acting(stage, desk, project)({ do: 'pause', until: null })
      await post(past.on(desk))
      past.ago(WRITTEN - 1)
      for (const { id } of going) await stage.accept(KEEPER, id)
    },
  )
}

async function projectOf(desk: ProjectDesk): Promise<string> {
  return (await findProject(desk)) ?? ''
}

async function findProject(desk: ProjectDesk): Promise<string | undefined> {
  const row = await inTransaction(desk.store, 'all', ({ db }) =>
    db.selectFrom('project').select('id').where('purl', '=', QUARRY[0]!.purl).executeTakeFirst(),
  )
  return row?.id
}

async function seedProject(stage: CaseStage, desk: ProjectDesk): Promise<string> {
  const { past, people } = stage
  const purl = QUARRY[0]!.purl
  const found = await findProject(desk)
  const asked = {
    name: 'libquarry',
    purl,
    repository: 'https://code.libquarry.example/libquarry',
    domains: ['libquarry.example'],
    terms: TERMS,
    source: 'https://libquarry.example/.well-known/security.txt, read by a person',
  }
  const id = found ?? must(await addProject(past.on(desk), people(COORDINATOR), asked), 'a project').id
  await prove(stage, desk, id, null)
  return id
}

type Acting = (what: ProjectAct) => Promise<void>

function acting({ past, people }: CaseStage, desk: ProjectDesk, id: string): Acting {
  return async (what) => {
    const loaded = await inTransaction(desk.store, 'all', (tx) => loadProject(past.on(desk), tx, id))
    must(await actProject(past.on(desk), people(COORDINATOR), id, { version: loaded!.row.version, act: what }), what.do)
  }
}

/** Proves the contact, or the account of an organisation, by a line of its security.txt that the server sees. */
async function prove(stage: CaseStage, desk: ProjectDesk, id: string, organisation: string | null): Promise<void> {
  const act = acting(stage, desk, id)
  const before = must(await readProject(stage.past.on(desk), stage.people(COORDINATOR), id), 'the project').proofs
  // A story that was cut short may have come as far.
  if (before.filter(({ state }) => state === 'proved').length > (organisation === null ? 0 : 1)) return
  await act({ do: 'ask-proof', kind: 'security-txt', organisation })
  const view = must(await readProject(stage.past.on(desk), stage.people(COORDINATOR), id), 'the project')
  const proof = view.proofs.find(({ state, put }) => state === 'asked' && put !== null)
  if (!proof?.put) return
  const found = proof.put.value
  // The story's project has the line where it was asked for, and the server looks.
  const looking = acting(stage, { ...desk, look: async () => found }, id)
  await looking({ do: 'check-proof', proof: proof.id, seen: null })
}

interface Written {
  readonly id: string
}

/** A case for the project, its finder, and a letter that a person let go and that waits for its turn. */
async function seedWritten(
  stage: CaseStage,
  desk: ProjectDesk,
  project: string,
  { one, flaw }: { readonly one: ScriptedFinding; readonly flaw: string },
): Promise<Written> {
  const { past, people } = stage
  const id = await stage.open(COORDINATOR, { flaws: [flaw], project, policy: 'cert-cc/45-days' })
  await stage.invite(COORDINATOR, finderOf(one), id, { kind: 'finder', tier: 0 })
  await stage.accept(finderOf(one), id)
  const invited = { kind: 'maintainer', tier: 0, project, respondInDays: 60 } as const
  await stage.act(COORDINATOR, id, { do: 'invite', organisation: null, flaws: [], showsProduct: true, ...invited })
  const maintainer = (await stage.load(id)).case.participants.find(({ kind }) => kind === 'maintainer')!
  const letter = await draftOf(past.on(desk), id, maintainer.id)
  must(await actLetter(past.on(desk), people(COORDINATOR), letter.id, { do: 'send', version: letter.version }), 'sending')
  return { id }
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

/** Plays the mail server, which a demo has none of: what went was taken. */
async function post(desk: ProjectDesk): Promise<void> {
  const queue = letterQueue(desk)
  for (const one of await queue.claim(desk.clock(), 10)) {
    await queue.handing(one.id, one.lease, desk.clock())
    await queue.sent(one.id, one.lease, one.messageId, '250 taken by the demo')
  }
}

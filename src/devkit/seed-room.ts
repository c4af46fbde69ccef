import type { CaseAct } from '../contract/shapes/case.ts'
import { writeCaseMessage } from '../server/app/cases/paper-desk.ts'
import { draftLetter } from '../server/app/letters/letter-desk.ts'
import type { ProjectDesk } from '../server/app/projects/project-desk.ts'
import { CASE_PEOPLE, CASE_VENDORS } from './case-people.ts'
import { REVISION_WHY, ROOM, TALK } from './case-script.ts'
import type { CaseStage } from './case-stage.ts'
import { must } from './docket-cast.ts'
import { finderOf } from './seed-findings.ts'

const COORDINATOR = 'ines.marrow@northcoast.example'
const MAINTAINER = 'leif.tanaka@skerry.example'
const OPERATOR = 'amara.quill@fjordlight.example'
const OPENED = 33.8
/** The day on which vendors were asked in; the last of them only lately. */
const ASKED = 22
const LATELY = 2

type Says = Omit<Extract<CaseAct, { do: 'state' }>, 'do' | 'party' | 'flaw'>

/** What those vendors say that say anything, by their place in the list; the second person approves all but the last one's. */
const STATED: readonly (readonly [Says, Says])[] = [
  [affected('All releases since 7.1.'), affected('All releases since 7.1.')],
  [fixed('Fixed in 12.4.1, not out yet.'), asking()],
  [not('vulnerable_code_not_in_execute_path', 'Tiles are limited before the decoder sees them.'), affected('Since 118.')],
  [affected('Firmware 3 and 4.'), not('component_not_present', 'Built without colour profiles.')],
  [asking(), asking()],
  [affected('Print servers only.'), asking()],
]

/** Makes the case of many vendors: an embargo that ends in eleven days, statuses, silence, a revision that waits. Answers its id. */
export async function seedRoom(stage: CaseStage, flaws: ReadonlyMap<string, string>): Promise<string> {
  const { past } = stage
  const [first, second] = ROOM.map(({ key }) => flaws.get(key)!) as [string, string]
  past.again(OPENED)
  const id = await stage.open(COORDINATOR, { flaws: [first, second], policy: 'cert-cc/45-days' })
  for (const one of ROOM) {
    past.ago(OPENED)
    await stage.invite(COORDINATOR, finderOf(one), id, { kind: 'finder', tier: 0 })
    await stage.accept(finderOf(one), id)
  }
  await agree(stage, id)
  await seedMaintainer(stage, id, first)
  past.ago(ASKED)
  await stage.invite(COORDINATOR, OPERATOR, id, { kind: 'operator', tier: 2, respondInDays: 30 })
  for (const [n, people] of CASE_VENDORS.entries()) await seedVendor(stage, id, [first, second], n, people)
  await talk(stage, id, (days) => days < ASKED)
  past.ago(LATELY)
  await stage.invite(COORDINATOR, CASE_PEOPLE.distributor.email, id, { kind: 'distributor', tier: 2, respondInDays: 7 })
  const party = await stage.party(MAINTAINER, id)
  const end = { endsAt: past.in(32), policy: 'agreed/1', why: REVISION_WHY }
  await stage.act(MAINTAINER, id, { do: 'propose', party, ...end })
  return id
}

/** Lays drafts beside the case: words for the finder, the proposal for a vendor that is silent; a person sends them. */
export async function seedLetters(stage: CaseStage, desk: ProjectDesk, id: string): Promise<void> {
  const { past, people } = stage
  past.ago(1)
  const silent = CASE_VENDORS[8]?.[0]?.email ?? ''
  const asked = [
    ['finder-status', finderOf(ROOM[0]!)],
    ['embargo-proposed', silent],
    // Lacks something: whoever has an account reads a report in the case, and never by mail.
    ['first-report', MAINTAINER],
  ] as const
  for (const [template, email] of asked) {
    const party = await stage.party(email, id)
    must(await draftLetter(past.on(desk), people(COORDINATOR), id, { template, party, text: null }), template)
  }
}

/** Where accepting an invitation did not already answer the first proposal, the finders say yes to it. */
async function agree(stage: CaseStage, id: string): Promise<void> {
  for (const email of ROOM.map(finderOf)) {
    const { embargo } = (await stage.load(id)).case
    const [open] = embargo.open
    if (embargo.state !== 'proposed' || open === undefined) return
    const party = await stage.party(email, id)
    await stage.act(email, id, { do: 'answer', party, number: open.number, answer: 'accept' })
  }
}

async function seedMaintainer(stage: CaseStage, id: string, first: string): Promise<void> {
  const { past } = stage
  past.ago(33.5)
  await stage.invite(COORDINATOR, MAINTAINER, id, { kind: 'maintainer', tier: 0 })
  past.ago(31)
  await stage.accept(MAINTAINER, id)
  const party = await stage.party(MAINTAINER, id)
  past.ago(29)
  await stage.act(MAINTAINER, id, { do: 'report', party, to: 'valid', text: '' })
  past.ago(28)
  await stage.act(MAINTAINER, id, { do: 'report', party, to: 'accepted', text: '' })
  const said = { status: 'affected', justification: null, text: 'Every release since 3.0.' } as const
  await stage.act(MAINTAINER, id, { do: 'state', party, flaw: first, ...said })
  await talk(stage, id, (days) => days > ASKED)
  past.ago(24)
  await stage.act(MAINTAINER, id, { do: 'step', party, flaw: first, step: 'fix-ready', share: null })
}

type Vendor = (typeof CASE_VENDORS)[number]

async function seedVendor(stage: CaseStage, id: string, flaws: readonly string[], n: number, people: Vendor): Promise<void> {
  const [speaks, approves] = people.map(({ email }) => email)
  if (speaks === undefined) return
  const { past } = stage
  past.ago(ASKED - n / 10)
  await stage.invite(COORDINATOR, speaks, id, { kind: 'vendor', tier: 1, respondInDays: n < 14 ? null : 30 })
  // The last three have not answered the invitation; those in between came in and have said nothing since.
  if (n >= 14) return
  past.ago(ASKED - n / 10 - 0.05)
  await stage.accept(speaks, id)
  const says = STATED[n]
  if (says === undefined) return
  const party = await stage.party(speaks, id)
  for (const to of ['valid', 'accepted'] as const) await stage.act(speaks, id, { do: 'report', party, to, text: '' })
  for (const [m, flaw] of flaws.entries()) {
    await stage.act(speaks, id, { do: 'state', party, flaw, ...says[m]! })
    if (approves !== undefined && !(n === STATED.length - 1 && m === 0))
      await stage.act(approves, id, { do: 'approve-status', party, flaw, number: 1 })
  }
}

async function talk(stage: CaseStage, id: string, then: (days: number) => boolean): Promise<void> {
  const who = { maintainer: MAINTAINER, coordinator: COORDINATOR, finder: finderOf(ROOM[0]!) }
  for (const [name, days, text] of TALK) {
    if (!then(days)) continue
    stage.past.ago(days)
    must(await writeCaseMessage(stage.desk, stage.people(who[name]), id, { text, to: [] }), 'a message')
  }
}

function affected(text: string): Says {
  return { status: 'affected', justification: null, text }
}
function fixed(text: string): Says {
  return { status: 'fixed', justification: null, text }
}
function asking(): Says {
  return { status: 'under-investigation', justification: null, text: '' }
}
function not(justification: NonNullable<Says['justification']>, text: string): Says {
  return { status: 'not-affected', justification, text }
}

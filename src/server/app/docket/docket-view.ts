import type { DocketView } from '../../../contract/shapes/docket.ts'
import type { ObjectKind } from '../../../core/docket/compartment.ts'
import type { BothSigned, Docket, Party } from '../../../core/docket/docket.ts'
import { viewOfDocket } from '../../../core/docket/docket-view.ts'
import { policyOf } from '../../../core/docket/policy.ts'
import { isRead, mayRead } from '../../../core/docket/reading.ts'
import { latestEnd } from '../../../core/docket/window.ts'
import { formatInstant } from '../../../core/kernel/instant.ts'
import type { Tx } from '../../store/connection.ts'
import type { EndpointPaper } from './act-endpoint.ts'
import type { DocketDesk } from './docket-desk.ts'
import { docketRow, whenOrNull } from './docket-row.ts'
import type { SeenDocket } from './load-docket.ts'
import { mayActs } from './may-acts.ts'
import { loadNames } from './names.ts'
import { listPapersOf, readPaperBytes } from './papers.ts'
import { partnersOut } from './partner-view.ts'
import { readReceiptRow } from './receipt.ts'
import { personShower, type ShownPerson } from './shown-person.ts'
import { writeReading } from './write-access.ts'

/** Texts of terms that the page gets to show what changed; older ones are read one by one as papers. */
const TEXTS = 8

type Sees = (object: ObjectKind) => boolean
type Show = (id: string) => ShownPerson
type Signed = DocketView['terms'][number]['signed']

/** The page of one docket, as the person's seats show it; what has content and is shown is written into its log. */
export async function docketView(desk: DocketDesk, tx: Tx, seen: SeenDocket, party: Party | null): Promise<DocketView> {
  const { docket, person, now, row } = seen
  const sees: Sees = (object) => mayRead(docket, person, object, now)
  // What core shows of it to this person; null to an officer of the office who has no seat yet.
  const view = viewOfDocket(docket, person, now)
  const head = view?.head ?? null
  const names = await loadNames(tx, peopleOf(docket), [
    docket.developer,
    docket.office,
    ...docket.seats.map((one) => one.organisation),
  ])
  const show = personShower(docket, seen.seats, names)
  const policy = policyOf(docket.policy)
  const { determination, report, closing } = docket
  return {
    ...docketRow(seen, names),
    version: docket.version,
    now: formatInstant(now),
    question: head !== null && seen.question !== '' ? seen.question : null,
    answered: head?.answered ?? null,
    policy: { name: policy?.id ?? docket.policy, days: policy?.maxDays ?? 0, source: policy?.source ?? '' },
    agreement: head?.agreement ?? null,
    terms: sees('terms') ? await termsOut(desk, tx, seen, show) : [],
    planned: head?.planned ? { at: formatInstant(head.planned.at), zone: head.planned.zone } : null,
    endpoint: view?.endpoint ? await endpointOut(desk, tx, seen, view.endpoint.baseline) : null,
    window: head !== null ? windowOut(seen) : null,
    seated: head !== null ? seatedOut(seen, show, names.organisations) : [],
    readIns: head !== null ? readInsOut(seen, show) : [],
    plans: (view?.plans ?? []).map((plan) => ({ ...plan, at: formatInstant(plan.at) })),
    determination:
      determination !== null && sees('report')
        ? {
            recorded: determination.recorded,
            computed: view?.computed === null ? null : determination.computed,
            departs: determination.departs,
            reason: sees('reason') ? await reasonOf(desk, tx, seen) : null,
            by: show(determination.by),
            at: formatInstant(determination.at),
          }
        : null,
    report:
      report !== null && sees('report')
        ? { digest: report.digest, publicDigest: report.publicDigest, signed: signedOut(report.signed, show) }
        : null,
    partners: await partnersOut(desk, tx, seen, show),
    toIntake: sees('report') ? await intakeOut(tx, seen, sees, show) : [],
    closing:
      closing !== null && sees('receipt')
        ? {
            why: closing.why,
            startedAt: formatInstant(closing.startedAt),
            receiptDigest: closing.receiptDigest,
            signed: signedOut(closing.signed, show),
            residual: [...(readReceiptRow(row)?.statement.residual ?? [])],
          }
        : null,
    withdrawnAt: whenOrNull(head?.withdrawnAt),
    may: mayActs(seen, party),
  }
}

/** Everybody whose name the page could show. */
function peopleOf(docket: Docket): string[] {
  const signers = [...docket.terms.map(({ signed }) => signed), ...docket.partners.map(({ signed }) => signed)]
  const more = [docket.closing?.signed, docket.report?.signed, ...docket.toIntake.map(({ signed }) => signed)]
  return [
    ...docket.seats.map(({ person }) => person),
    ...docket.readIns.flatMap(({ proposedBy, secondedBy }) => (secondedBy === null ? [proposedBy] : [proposedBy, secondedBy])),
    ...docket.partners.flatMap(({ persons }) => persons.map(({ person }) => person)),
    ...docket.terms.map(({ by }) => by),
    ...(docket.determination === null ? [] : [docket.determination.by]),
    ...[...signers, ...more].flatMap((signed) => [signed?.developer?.person ?? [], signed?.office?.person ?? []].flat()),
  ]
}

/** Signatures as they are shown. */
export function signedOut({ developer, office }: BothSigned, show: Show): Signed {
  const out = (one: BothSigned[Party]) => (one === null ? null : { by: show(one.person), at: formatInstant(one.at) })
  return { developer: out(developer), office: out(office) }
}

async function termsOut(desk: DocketDesk, tx: Tx, seen: SeenDocket, show: Show): Promise<DocketView['terms']> {
  const papers = new Map((await listPapersOf(tx, seen, ['terms'])).map((paper) => [paper.of, paper.id]))
  const { terms } = seen.docket
  if (papers.size > 0) await writeReading(tx, seen, 'terms', null)
  return await Promise.all(
    terms.map(async ({ version, digest, facts, by, at, signed }, n) => {
      const paper = n >= terms.length - TEXTS ? papers.get(version) : undefined
      const bytes = paper === undefined ? null : await readPaperBytes(desk, tx, seen, paper)
      const text = bytes === null ? null : bytes.toString('utf8')
      return { version, digest, facts, text, by: show(by), at: formatInstant(at), signed: signedOut(signed, show) }
    }),
  )
}

async function endpointOut(
  desk: DocketDesk,
  tx: Tx,
  seen: SeenDocket,
  baseline: string | null,
): Promise<DocketView['endpoint']> {
  const { endpoint } = seen.docket
  if (endpoint === null) return null
  const { isolation } = desk.custody
  const bare = { registeredAt: formatInstant(endpoint.registeredAt), dryRun: endpoint.dryRun, isolation }
  const sees = mayRead(seen.docket, seen.person, 'endpoint', seen.now)
  const paper = sees ? (await listPapersOf(tx, seen, ['endpoint'])).at(-1) : undefined
  const bytes = paper === undefined ? null : await readPaperBytes(desk, tx, seen, paper.id)
  if (bytes === null) return { ...bare, api: null, base: null, model: null, baseline: null }
  await writeReading(tx, seen, 'endpoint', null)
  const { api, base, model } = JSON.parse(bytes.toString('utf8')) as EndpointPaper
  return { ...bare, api, base, model, baseline }
}

function windowOut({ docket, calls }: SeenDocket): DocketView['window'] {
  const { window, downtime, planned } = docket
  const policy = policyOf(docket.policy)
  if (window === null) return null
  const opens = window.openedAt ?? window.agreedAt
  const latest = opens === null || policy === null ? null : latestEnd(opens, policy)
  const { endsAt } = window
  return {
    days: window.days,
    opensAt: whenOrNull(window.agreedAt ?? window.proposed?.at ?? window.openedAt),
    openedAt: whenOrNull(window.openedAt),
    endsAt: whenOrNull(endsAt),
    latest: whenOrNull(latest),
    endsBecause: endsAt === null ? null : endsAt === planned?.at ? 'planned-release' : endsAt === latest ? 'policy' : 'days',
    closed: window.closed === null ? null : { at: formatInstant(window.closed.at), why: window.closed.why },
    downtime: downtime.map(({ from, to, granted }) => ({ from: formatInstant(from), to: whenOrNull(to), grantedMs: granted })),
    calls: calls.map(({ day, ...count }) => ({ day: whenOrNull(day)!, ...count })),
  }
}

function seatedOut({ docket, person }: SeenDocket, show: Show, homes: ReadonlyMap<string, string>): DocketView['seated'] {
  return docket.seats
    .filter(({ endedAt }) => endedAt === null)
    .map((one) => ({
      person: show(one.person),
      organisation: homes.get(one.organisation) ?? one.organisation,
      seat: one.seat,
      mine: one.person === person,
    }))
}

function readInsOut({ docket, now }: SeenDocket, show: Show): DocketView['readIns'] {
  return docket.readIns.map((one) => ({
    person: show(one.person),
    compartment: one.compartment,
    until: formatInstant(one.until),
    proposedBy: show(one.proposedBy),
    secondedBy: one.secondedBy === null ? null : show(one.secondedBy),
    ended: one.endedAt !== null || now >= one.until || (one.secondedBy !== null && !isRead(one, now)),
  }))
}

async function reasonOf(desk: DocketDesk, tx: Tx, seen: SeenDocket): Promise<string | null> {
  const wanted = seen.docket.determination?.reasonDigest ?? null
  const paper = (await listPapersOf(tx, seen, ['reason'])).find(({ digest }) => digest === wanted)
  const bytes = paper === undefined ? null : await readPaperBytes(desk, tx, seen, paper.id)
  if (bytes === null) return null
  await writeReading(tx, seen, 'reason', paper!.id)
  return bytes.toString('utf8')
}

async function intakeOut(tx: Tx, seen: SeenDocket, sees: Sees, show: Show): Promise<DocketView['toIntake']> {
  const papers = sees('result-document') ? await listPapersOf(tx, seen, ['result-document']) : []
  return seen.docket.toIntake.map(({ item, signed, report }) => ({
    item,
    title: papers.find((paper) => paper.id === item || paper.of === item)?.title ?? item,
    signed: signedOut(signed, show),
    report,
  }))
}

import type { BudgetOut, ProjectOut } from '../../../contract/shapes/project.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { UNKNOWN_BUDGET, WEEK } from '../../../core/cases/budget/budget.ts'
import { subjectOf } from '../../../core/cases/terms/contact.ts'
import { accountSubject, isProved } from '../../../core/cases/terms/project-contact.ts'
import { type Proof, type ProofKind, proofEnds, proofLine, proofState } from '../../../core/cases/terms/proof.ts'
import { formatInstant } from '../../../core/kernel/instant.ts'
import type { Tx } from '../../store/connection.ts'
import { loadNames } from '../docket/names.ts'
import { type LoadedProject, proofId } from './load-project.ts'
import { expectedAt, loadPace, mayGoFirst, type Pace } from './pace.ts'

/** The words of the wire for kinds of proof. */
export const PROOF_WORDS = {
  'repository-file': 'repository-file',
  'security-txt': 'security-txt',
  'dns-txt': 'dns',
  'registry-owner': 'registry',
  vouched: 'vouched',
} as const satisfies Record<ProofKind, ProjectOut['proofs'][number]['kind']>

/** How the asker stands to a project. */
export interface Standing {
  readonly coordinator: boolean
  /** Of the organisation that is proved to maintain it. */
  readonly own: boolean
}

export function standingTo(who: Principal, { row }: Pick<LoadedProject, 'row'>): Standing {
  const home = who.organisation !== null && who.organisation === row.organisation_id
  const own = home && who.roles.includes('maintainer') && who.outOfCases !== true
  return { coordinator: who.roles.includes('coordinator'), own }
}

/** A project as one viewer sees it: how much waits and what is open is for its maintainer and for coordination. */
export async function projectView(
  tx: Tx,
  who: Principal,
  loaded: LoadedProject,
  known: Pace | null = null,
): Promise<ProjectOut> {
  const { row, terms, file } = loaded
  const standing = standingTo(who, loaded)
  const near = standing.coordinator || standing.own
  const pace = near ? (known ?? (await loadPace(tx, row.id, terms))) : null
  const mine = who.organisation === null ? null : accountSubject(who.organisation)
  const { change, move } = file
  return {
    id: row.id,
    version: row.version,
    name: row.name,
    purl: row.purl,
    repository: row.repository,
    terms: row.terms as ProjectOut['terms'],
    source: row.source,
    budget: budgetOut(loaded, pace),
    steward: row.steward,
    proved: isMaintainerProved(loaded),
    yours: standing.own,
    may: mayOf(standing),
    proofs: file.proofs
      .filter(({ subject }) => near || subject === mine)
      .flatMap((proof) => proofOut(loaded, proof, standing.coordinator || proof.subject === mine) ?? []),
    change:
      change === null || !near
        ? null
        : {
            says: `Reports go to ${change.to.at} (${change.to.route}) from then on, unless the present contact or a coordinator stops it.`,
            takesEffectAt: formatInstant(change.dueAt),
          },
    move:
      move === null || !(near || move.to === who.organisation)
        ? null
        : {
            says: `${await nameOf(tx, move.to)} maintains it from then on, unless the present maintainer or a coordinator stops it.`,
            takesEffectAt: formatInstant(move.dueAt),
          },
  }
}

async function nameOf(tx: Tx, organisation: string): Promise<string> {
  const { organisations } = await loadNames(tx, [], [organisation])
  return organisations.get(organisation) ?? 'Another organisation'
}

function mayOf({ coordinator, own }: Standing): string[] {
  if (!coordinator && !own) return ['ask-proof', 'check-proof']
  const both = ['set-terms', 'set-budget', 'pause', 'ask-proof', 'check-proof', 'put-key', 'stop-change']
  return coordinator ? [...both, 'vouch', 'steward'] : both
}

/** Whether the contact in force, or the organisation on file, is proved to be the maintainer now. */
export function isMaintainerProved({ file, row, now }: LoadedProject): boolean {
  const byContact = file.contact !== null && isProved(file, subjectOf(file.contact), now)
  return byContact || (row.organisation_id !== null && isProved(file, accountSubject(row.organisation_id), now))
}

function proofOut(loaded: LoadedProject, proof: Proof, shown: boolean): ProjectOut['proofs'][number] | null {
  const id = proofId(loaded, proof)
  if (id === undefined) return null
  const { kind, place, token } = proof
  return {
    id,
    kind: PROOF_WORDS[kind],
    state: proofState(proof, loaded.now),
    put: shown && token !== null ? { where: whereOf(kind, place), value: proofLine(token) } : null,
    vouchedBy: proof.vouches.length,
    expiresAt: formatInstant(proofEnds(proof)),
  }
}

function whereOf(kind: ProofKind, place: string): string {
  if (kind === 'repository-file') return `a line of its own in any file of ${place}, for example .weir-proof`
  if (kind === 'security-txt') return `a comment line in https://${place}/.well-known/security.txt`
  return `a TXT record of ${place}`
}

function budgetOut({ terms, now, row }: LoadedProject, pace: Pace | null): BudgetOut {
  const stated = terms.pace ?? UNKNOWN_BUDGET
  const quiet = terms.pace?.quiet ?? null
  const go = pace === null ? null : mayGoFirst(pace, now, false)
  const next = pace === null ? null : expectedAt(pace, 1, now).earliest
  const says =
    go === null ? 'What is open and what waits is for the maintainer to know.' : go.go ? 'One more may go now.' : go.says
  return {
    openAtOnce: stated.openAtOnce,
    perWeek: stated.perWeek,
    open: pace?.sent.open ?? null,
    sentThisWeek: pace?.sent.sentAt.filter((at) => at > now - WEEK).length ?? null,
    nextAt: next === null ? null : formatInstant(next),
    pausedUntil: row.paused_until === null ? null : new Date(row.paused_until).toISOString(),
    quiet: quiet === null ? null : `${quiet.from} to ${quiet.to}, ${quiet.zone}`,
    says:
      terms.pace === null ? `${says} The project said nothing about its pace, so it is one at a time and one a week.` : says,
  }
}

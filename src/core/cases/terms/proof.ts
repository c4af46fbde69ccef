// How somebody shows to be the maintainer: by changing what only the maintainer can change, or by two coordinators who know them.
import { DAY, HOUR, type Instant, instant } from '../../kernel/instant.ts'

export const PROOF_KINDS = ['repository-file', 'security-txt', 'dns-txt', 'registry-owner', 'vouched'] as const
export type ProofKind = (typeof PROOF_KINDS)[number]

/** A token asked for is worth showing this long; own rules of this program. */
export const ASKED_FOR = 14 * DAY
/** A proof holds this long, then it is asked for again. */
export const PROVED_FOR = 365 * DAY
/** How long a change of contact waits. */
export const CHANGE_WAITS = 72 * HOUR

export interface Vouch {
  readonly by: string
  readonly organisation: string
  readonly at: Instant
}

/** One way of proving one subject (`subjectOf` its contact). There is at most one per subject and kind. */
export interface Proof {
  readonly subject: string
  readonly kind: ProofKind
  /** Where the token must stand: repository, domain or purl of the project; for vouching the maintainer's organisation. */
  readonly place: string
  /** Null where no token is shown: registry owner, vouching. */
  readonly token: string | null
  readonly askedAt: Instant
  readonly provedAt: Instant | null
  /** Words of coordinators: that they know them, or that they saw the token. */
  readonly vouches: readonly Vouch[]
}

export type ProofState = 'asked' | 'proved' | 'expired'

/** The state at an instant; each state ends by the clock alone, so that no missed tick keeps a proof alive. */
export function proofState(proof: Proof, now: Instant): ProofState {
  return now < proofEnds(proof) ? (proof.provedAt === null ? 'asked' : 'proved') : 'expired'
}

/** When the present state ends. */
export function proofEnds(proof: Proof): Instant {
  return instant(proof.provedAt === null ? proof.askedAt + ASKED_FOR : proof.provedAt + PROVED_FOR)
}

/** What the caller's HMAC is taken of for a token: nobody can show a token of another project, subject, kind, place or time. */
export function tokenInput(project: string, proof: Pick<Proof, 'subject' | 'kind' | 'place' | 'askedAt'>): string {
  return JSON.stringify(['weir-maintainer-proof/1', project, proof.subject, proof.kind, proof.place, proof.askedAt])
}

/** The line that is put into the file, into security.txt as a comment, or into a TXT record. */
export function proofLine(token: string): string {
  return `weir-maintainer-proof=${token}`
}

// More of a file than this is not looked at: the line is put near its beginning.
const MOST_READ = 256 * 1024

/** Whether the text fetched from the place (file, security.txt, TXT records one a line) has the line on a line of its own. */
export function showsToken(kind: ProofKind, token: string, found: string): boolean {
  const wanted = proofLine(token)
  return found
    .slice(0, MOST_READ)
    .split('\n')
    .some((line) => (kind === 'security-txt' ? line.replace(/^#/, '') : line).trim() === wanted)
}

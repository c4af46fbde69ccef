import { accept } from '../kernel/decision.ts'
import type { Docket, TermsVersion } from './docket.ts'
import { no } from './docket-refusal.ts'
import { type CommandOf, type DocketDecision, isSigned, type SidedTurn, stamp, type Turn, UNSIGNED } from './turn.ts'
import { isDigest, termsProblem } from './written.ts'

const VERSIONS_MAX = 200

/** The office's answer to "is this model covered?"; a later answer stands beside the earlier one in the log. */
export function answerInquiry(turn: Turn, { answer }: CommandOf<'answer-inquiry'>): DocketDecision {
  return accept({ type: 'inquiry-answered' as const, ...stamp(turn), answer })
}

/** A new version of the terms. It takes the place of the older one, whose signatures count no more. */
export function offerTerms(turn: SidedTurn, { digest, facts }: CommandOf<'offer-terms'>): DocketDecision {
  const { docket, now, asker, policy } = turn
  if (!isDigest(digest)) return no('digest.malformed')
  const problem = termsProblem(facts, policy)
  if (problem !== null) return no(problem)
  if (docket.terms.length >= VERSIONS_MAX) return no('docket.full')
  const version = (newestTerms(docket)?.version ?? 0) + 1
  const terms: TermsVersion = { version, digest, facts, by: asker.person, at: now, signed: UNSIGNED }
  return accept({ type: 'terms-offered' as const, ...stamp(turn), terms })
}

/** One side's signature, on the newest version and on the digest that was read. */
export function signTerms(turn: SidedTurn, { version, digest }: CommandOf<'sign-terms'>): DocketDecision {
  const { docket, asker, party } = turn
  const newest = newestTerms(docket)
  if (newest === null) return no('terms.none')
  if (newest.version !== version || newest.digest !== digest) return no('terms.not-newest')
  if (newest.signed[party] !== null) return no('terms.signed-already')
  return accept({ type: 'terms-signed' as const, ...stamp(turn), version, party, person: asker.person })
}

/** The version offered last, signed or not. */
export function newestTerms(docket: Docket): TermsVersion | null {
  return docket.terms.at(-1) ?? null
}

/** The newest version where both sides signed it; null where they have not. */
export function termsInForce(docket: Docket): TermsVersion | null {
  const newest = newestTerms(docket)
  return newest !== null && isSigned(newest.signed) ? newest : null
}

/**
 * Whether everything stands that access needs: terms signed by both, an endpoint with a fingerprint to compare with, a dry run that
 * passed and, but for a deployment, a planned release with its zone.
 */
export function isReady(docket: Docket): boolean {
  const { endpoint, planned, kind } = docket
  if (kind === 'notice' || termsInForce(docket) === null || endpoint === null) return false
  return endpoint.baseline !== null && endpoint.dryRun && (planned !== null || kind === 'deployment')
}

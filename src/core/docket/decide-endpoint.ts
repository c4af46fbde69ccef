import { accept } from '../kernel/decision.ts'
import { termsInForce } from './decide-terms.ts'
import { no } from './docket-refusal.ts'
import { type CommandOf, type DocketDecision, stamp, type Turn } from './turn.ts'
import { isText } from './written.ts'

const FINGERPRINT_MAX = 200
const BUILDS_MAX = 2000

/** The key is with the custodian. A new endpoint needs a new baseline and a new dry run. Not before terms are signed. */
export function registerEndpoint(turn: Turn): DocketDecision {
  if (termsInForce(turn.docket) === null) return no('terms.unsigned')
  return accept({ type: 'endpoint-registered' as const, ...stamp(turn) })
}

/** The first probe is the baseline; a later one is kept when it differs. */
export function probeEndpoint(turn: Turn, { fingerprint, changed }: CommandOf<'endpoint-probed'>): DocketDecision {
  const { endpoint } = turn.docket
  if (endpoint === null) return no('endpoint.none')
  if (!isText(fingerprint, FINGERPRINT_MAX)) return no('text.malformed')
  if (endpoint.baseline === null) return accept({ type: 'baseline-taken' as const, ...stamp(turn), fingerprint })
  if (!changed) return accept()
  if (endpoint.builds.length >= BUILDS_MAX) return no('docket.full')
  return accept({ type: 'build-changed' as const, ...stamp(turn), fingerprint })
}

/** A task without meaning went through the whole path once. */
export function passDryRun(turn: Turn): DocketDecision {
  const { endpoint } = turn.docket
  if (endpoint === null) return no('endpoint.none')
  if (endpoint.baseline === null) return no('endpoint.no-baseline')
  return endpoint.dryRun ? accept() : accept({ type: 'dry-run-passed' as const, ...stamp(turn) })
}

import type { ProbeResult } from '../../contract/custody.ts'
import { CHANGED_ABOVE, distance, tokensOf } from '../../core/docket/custody-fingerprint.ts'
import { sha256Hex } from '../keep/ground.ts'
import type { Baseline } from '../keep/record.ts'

/** What the answers to the probes come to, under a docket's own salt (hex). No answer can be read from it. */
export function fingerprintOf(answers: readonly string[], salt: string): Baseline {
  const tokens = answers.map((answer) => tokensOf(answer).map((token) => sha256Hex(salt + token).slice(0, 12)))
  return { fingerprint: sha256Hex(salt + JSON.stringify(answers)), salt, tokens }
}

/** Compares answers with the baseline, or is the baseline where there is none. */
export function compare(baseline: Baseline | null, now: Baseline): ProbeResult {
  if (baseline === null) return { fingerprint: now.fingerprint, distance: null, changed: false }
  const far = distance(baseline.tokens, now.tokens)
  return { fingerprint: now.fingerprint, distance: far, changed: far > CHANGED_ABOVE }
}

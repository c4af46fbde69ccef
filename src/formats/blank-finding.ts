import type { Finding, Location, Provenance } from '../core/findings/finding.ts'

export const UNSTATED: Provenance = Object.freeze({
  tool: null,
  toolVersion: null,
  model: null,
  modelVersion: null,
  humanValidated: null,
  aiAssisted: null,
})

/** A finding that claims nothing yet; readers spread it and say what their format states. */
export const BLANK: Finding = Object.freeze({
  title: '',
  text: '',
  target: null,
  locations: [],
  weaknesses: [],
  stack: [],
  crash: null,
  severities: [],
  aliases: [],
  references: [],
  evidence: [],
  provenance: UNSTATED,
  rule: null,
  toolFingerprints: Object.freeze({}),
  extra: Object.freeze({}),
})

export const NOWHERE: Location = Object.freeze({ path: null, line: null, column: null, symbol: null, snippet: null })

/**
 * What a docket's material is kept in; each has its own key. D the developer's own, B the sealed benchmark, R results, J joint
 * (terms, clock, receipts, messages), P partners.
 */
export const COMPARTMENTS = ['D', 'B', 'R', 'J', 'P'] as const
export type Compartment = (typeof COMPARTMENTS)[number]

/** The kinds of things a docket holds; each lies in one compartment. The role × object matrix walks them all. */
export const OBJECTS = {
  /** State, clock, parties: what the page of the docket shows first. */
  head: 'J',
  terms: 'J',
  message: 'J',
  /** Who saw and did what: all of it, never content. */
  log: 'J',
  receipt: 'J',
  /** The report as both sides signed it, and the determination's outcome without its reason. */
  report: 'J',
  'joint-document': 'J',
  /** The endpoint's address, model name and fingerprint; the key itself is read by nobody. */
  endpoint: 'D',
  'developer-document': 'D',
  /** Reasoning text that the endpoint gave, kept apart from the transcript. */
  reasoning: 'D',
  suite: 'B',
  criterion: 'B',
  'benchmark-document': 'B',
  /** Progress of run sets: counts, no score, no name of a task. */
  progress: 'J',
  'run-set': 'R',
  transcript: 'R',
  analysis: 'R',
  /** Why an office recorded what it recorded. */
  reason: 'R',
  'result-document': 'R',
  partner: 'P',
  /** A partner person's own grant, and nothing of anybody else. */
  grant: 'P',
} as const satisfies Record<string, Compartment>
export type ObjectKind = keyof typeof OBJECTS

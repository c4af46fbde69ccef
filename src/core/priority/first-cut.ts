// The first cut: judgements made when a flaw appears, from what its findings state, before any person has looked.
import type { Crash } from '../findings/finding.ts'
import type { Instant } from '../kernel/instant.ts'
import { ASSUMPTIONS } from './assumptions.ts'
import { CVSS_ANSWERS, type CvssClaim, readClaims } from './cvss/answers.ts'
import { idOf } from './decision-table.ts'
import { type Answer, type Answers, type Judgement, judge } from './judgement.ts'
import { UTILITY_TABLE } from './tables/impact.ts'
import { SUPPLIER_TABLE } from './tables/patching.ts'
import { UTILITY } from './tables/points.ts'
import { TRIAGE_STOCK, TRIAGE_WEIR } from './tables/triage.ts'

/** What is known of a flaw from its findings. */
export interface FlawFacts {
  /** Vectors as claimed, the one to be preferred first where scores are equal. Those that are no vector are passed over. */
  readonly cvss: readonly CvssClaim[]
  readonly crash: Pick<Crash, 'kind' | 'access'> | null
  readonly reproducer: boolean
  /** CVE, GHSA and other public names. */
  readonly publicAliases: readonly string[]
  readonly finders: number
  readonly aiAssisted: boolean | null
  readonly humanValidated: boolean | null
  /** null: nobody said. */
  readonly supplierContacted: boolean | null
}

export interface FirstCut {
  readonly supplier: Judgement
  readonly triageStock: Judgement
  readonly triageOurs: Judgement
}

/** Judges supplier priority and both triages at that instant. Every input that no person or feed stated is marked assumed. */
export function firstCut(facts: FlawFacts, at: Instant): FirstCut {
  const stated = answersFrom(facts)
  const answers: Answers = { ...stated, [idOf(UTILITY)]: utilityFrom(stated, at) }
  return {
    supplier: judged(SUPPLIER_TABLE, answers, at),
    triageStock: judged(TRIAGE_STOCK, answers, at),
    triageOurs: judged(TRIAGE_WEIR, answers, at),
  }
}

/** Utility as its own table gives it from automatable and value density, assumed where those are. */
export function utilityFrom(answers: Answers, at: Instant): Answer {
  return combined(judged(UTILITY_TABLE, answers, at))
}

function judged(table: typeof UTILITY_TABLE, answers: Answers, at: Instant): Judgement {
  const result = judge(table, answers, ASSUMPTIONS, at)
  // Every point of these tables has an assumption, and answers come from this room's own data: a refusal is a fault of ours.
  if (!result.ok) throw new Error(`${idOf(table)}: ${result.say}`)
  return result.judgement
}

function combined(utility: Judgement): Answer {
  const open = utility.selections.filter((s) => s.assumed)
  const because = open.length === 0 ? 'From automatable and value density as stated.' : open.map((s) => s.because).join(' ')
  const by = utility.selections.every((s) => s.by === utility.selections[0]!.by) ? utility.selections[0]!.by : 'clearinghouse'
  return { value: utility.outcome.value, by, assumed: open.length > 0, because }
}

function answersFrom(facts: FlawFacts): Answers {
  const claims = readClaims(facts.cvss)
  const answers: Record<string, Answer> = {}
  for (const [point, read] of Object.entries(CVSS_ANSWERS)) {
    const said = claims.map(read).find((answer) => answer !== null)
    if (said) answers[point] = said
  }
  answers['TI'] ??= fromCrash(facts.crash) ?? ASSUMPTIONS['TI']!
  answers['RC'] = credibility(facts)
  if (facts.publicAliases.length > 0) {
    answers['RP'] = guess('Y', 'A public name of the flaw was stated; whether its details are public was not checked.')
  }
  if (facts.supplierContacted !== null) {
    const value = facts.supplierContacted ? 'Y' : 'N'
    answers['SCON'] = { value, by: 'finder', assumed: false, because: 'The finder says whether the supplier was told.' }
  }
  return answers
}

function guess(value: string, because: string): Answer {
  return { value, by: 'clearinghouse', assumed: true, because }
}

const MEMORY = /overflow|underflow|use-after|double-free|bad-free|out-of-bounds|type-confusion/

// A write past memory can become control; a read, a null pointer or a panic cannot be taken to.
function fromCrash(crash: FlawFacts['crash']): Answer | null {
  if (crash === null) return null
  const kind = crash.kind.slice(0, 200).toLowerCase()
  const corrupts = (crash.access === 'write' && MEMORY.test(kind)) || kind === 'double-free' || kind === 'bad-free'
  return corrupts
    ? guess('T', 'The crash corrupts memory, which can give control.')
    : guess('P', 'The crash does not show that memory is corrupted.')
}

function credibility(facts: FlawFacts): Answer {
  if (facts.reproducer) return guess('C', 'A reproducer came with the report; it has not been run.')
  if (facts.crash !== null) return guess('C', 'A crash came with the report.')
  if (facts.finders > 1) return guess('C', 'More than one finder reports the flaw.')
  if (facts.humanValidated === true) return guess('C', 'The finder says that a person checked it.')
  if (facts.aiAssisted === true)
    return guess('NC', 'Made with AI assistance by one finder, without reproducer, crash or a person’s check.')
  return ASSUMPTIONS['RC']!
}

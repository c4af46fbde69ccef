import type { Features } from '../../../core/findings/pair/features.ts'
import type { Reason } from '../../../core/findings/pair/reason.ts'
import { scorePair } from '../../../core/findings/pair/score.ts'
import { ASK_AT, MERGE_AT, SCORING } from '../../../core/findings/pair/weights.ts'
import type { FingerprintKind } from '../../../core/findings/fingerprint.ts'
import { keyName, type Lead, type Waiting } from './load-batch.ts'

export interface Join {
  readonly finding: Waiting
  readonly flaw: string
  /** A closed sentence about the kind of match; never a quote of a report. */
  readonly reason: string
  readonly algorithm: string
  readonly score: number
}

export interface Opened {
  readonly flaw: string
  readonly lead: Waiting
}

export interface Question {
  readonly a: string
  readonly b: string
  /** The finding whose key seals the reasons. */
  readonly of: Waiting
  readonly score: number
  readonly reasons: readonly Pick<Reason, 'say' | 'weight'>[]
  readonly algorithm: string
}

export interface Grouping {
  readonly joins: readonly Join[]
  readonly opened: readonly Opened[]
  readonly suggestions: readonly Question[]
}

const KIND_WORDS: Partial<Record<FingerprintKind, string>> = {
  alias: 'public name', crash: 'kind of crash in the same first frame', scan: 'rule on the same line', prose: 'description of the same place',
}

interface Gist {
  readonly features: Features
}

/**
 * Decides a batch in the order it came: a finding with a sure fingerprint joins that flaw; one that fits several joins the
 * first and asks about the others; one that fits none opens a flaw and asks about those that look alike. Nothing existing is
 * ever merged here: that is a person's decision, or proof's.
 */
export function groupBatch(
  waiting: readonly Waiting[], known: Map<string, string>, leads: Map<string, Lead[]>, gistOf: (lead: Lead) => Gist | null, newFlaw: () => string,
): Grouping {
  const joins: Join[] = []
  const opened: Opened[] = []
  const questions = new Map<string, Question>()
  for (const finding of waiting) {
    const hits = sureHits(finding, known)
    const first = hits[0]
    const alike = first === undefined ? alikeOf(finding, leads, gistOf) : []
    const sure = alike[0] !== undefined && alike[0].score >= MERGE_AT ? alike[0] : null
    const flaw = first?.flaw ?? sure?.flaw ?? newFlaw()
    joins.push(sure === null ? joinOf(finding, flaw, first ?? null) : { finding, flaw, reason: 'Alike enough in many points', algorithm: SCORING, score: sure.score })
    for (const hit of hits.slice(1)) ask(questions, finding, flaw, hit.flaw, MERGE_AT, [{ say: `Shares ${KIND_WORDS[hit.kind] ?? 'a fingerprint'} with a finding of both`, weight: 1 }])
    for (const key of finding.keys) if (key.strength === 'sure') remember(known, keyName(finding.targetKey, key.digest), flaw)
    for (const one of alike) if (one !== sure) ask(questions, finding, flaw, one.flaw, one.score, one.reasons)
    if (first !== undefined || sure !== null) continue
    opened.push({ flaw, lead: finding })
    for (const key of finding.keys) if (key.strength === 'candidate') addLead(leads, keyName(finding.targetKey, key.digest), finding, flaw)
  }
  return { joins, opened, suggestions: [...questions.values()] }
}

function sureHits(finding: Waiting, known: Map<string, string>): { flaw: string; kind: FingerprintKind }[] {
  const hits: { flaw: string; kind: FingerprintKind }[] = []
  for (const key of finding.keys) {
    const flaw = key.strength === 'sure' ? known.get(keyName(finding.targetKey, key.digest)) : undefined
    if (flaw !== undefined && !hits.some((hit) => hit.flaw === flaw)) hits.push({ flaw, kind: key.kind })
  }
  return hits
}

function joinOf(finding: Waiting, flaw: string, hit: { kind: FingerprintKind } | null): Join {
  if (hit === null) return { finding, flaw, reason: 'First of its flaw', algorithm: 'fingerprint/1', score: 1 }
  return { finding, flaw, reason: `Same ${KIND_WORDS[hit.kind] ?? 'fingerprint'}`, algorithm: 'fingerprint/1', score: 1 }
}

const COMPARED = 12

/** Flaws that share a candidate key and look alike enough to ask about, the most alike first. */
function alikeOf(finding: Waiting, leads: Map<string, Lead[]>, gistOf: (lead: Lead) => Gist | null): { flaw: string; score: number; reasons: readonly Reason[] }[] {
  const own = gistOf({ finding: finding.id, flaw: '', slot: finding.slot, sealedFeatures: finding.sealedFeatures })
  if (own === null) return []
  const seen = new Map<string, Lead>()
  for (const key of finding.keys) {
    if (key.strength !== 'candidate') continue
    for (const lead of leads.get(keyName(finding.targetKey, key.digest)) ?? []) if (seen.size < COMPARED) seen.set(lead.flaw, lead)
  }
  const alike = [...seen.values()].flatMap((lead) => {
    const other = gistOf(lead)
    if (other === null) return []
    const { score, reasons } = scorePair(own.features, other.features)
    return score >= ASK_AT ? [{ flaw: lead.flaw, score, reasons }] : []
  })
  return alike.sort((a, b) => b.score - a.score || (a.flaw < b.flaw ? -1 : 1))
}

function ask(questions: Map<string, Question>, of: Waiting, one: string, other: string, score: number, reasons: Question['reasons']): void {
  if (one === other) return
  const [a, b] = one < other ? [one, other] : [other, one]
  const before = questions.get(`${a} ${b}`)
  if (before === undefined || before.score < score) questions.set(`${a} ${b}`, { a, b, of, score, reasons, algorithm: SCORING })
}

function remember(known: Map<string, string>, name: string, flaw: string): void {
  if (!known.has(name)) known.set(name, flaw)
}

const LEADS_PER_KEY = 6

function addLead(leads: Map<string, Lead[]>, name: string, finding: Waiting, flaw: string): void {
  const list = leads.get(name) ?? []
  if (list.length < LEADS_PER_KEY) list.push({ finding: finding.id, flaw, slot: finding.slot, sealedFeatures: finding.sealedFeatures })
  leads.set(name, list)
}

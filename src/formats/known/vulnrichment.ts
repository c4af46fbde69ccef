import type { SsvcWords } from '../../core/exposure/obligation/ssvc-words.ts'
import type { Instant } from '../../core/kernel/instant.ts'
import { isObject, type JsonObject, objectIn, objectsIn, own, textIn, textsIn } from '../json/loose.ts'
import type { Known } from './known-item.ts'
import { statedTime } from './stated-time.ts'

/** What CISA's Vulnrichment adds to a CVE: SSVC answers, whether and since when it is in KEV, and CVSS vectors. */
export interface EnrichedRow {
  readonly cve: string
  /** Null where nobody answered. */
  readonly ssvc: (SsvcWords & { readonly version: string | null; readonly role: string | null }) | null
  readonly at: Instant | null
  /** The day CISA put it in KEV, as this row has it. */
  readonly kev: Instant | null
  readonly vectors: readonly string[]
}

const METRICS = ['cvssV4_0', 'cvssV3_1', 'cvssV3_0', 'cvssV2_0']

/**
 * Reads a whole CVE record with CISA's ADP container, or a line of the extract (`{cve, ssvc, kev, …}`). SSVC's questions may be
 * spelled as Vulnrichment does (`Technical Impact`) or as NVD does (`technicalImpact`).
 */
export function readVulnrichment(value: unknown): Known<EnrichedRow> {
  if (!isObject(value)) return { ok: false, id: null, why: 'wrong-shape' }
  const metadata = objectIn(value, 'cveMetadata')
  const cve = textIn(metadata, 'cveId') ?? textIn(value, 'cve') ?? textIn(value, 'cveID')
  if (cve === null || !/^CVE-\d{4}-\d{4,19}$/.test(cve)) return { ok: false, id: null, why: 'no-id' }
  if ((textIn(metadata, 'state') ?? textIn(value, 'state')) === 'REJECTED') return { ok: false, id: cve, why: 'rejected' }
  const row = isObject(own(value, 'containers')) ? ofRecord(value, cve) : ofExtract(value, cve)
  return { ok: true, value: row, notes: [] }
}

function ofExtract(value: JsonObject, cve: string): EnrichedRow {
  const answers = objectIn(value, 'ssvc')
  const kev = textIn(value, 'kev')
  const ssvc = wordsOf(Object.keys(answers).map((key) => ({ [key]: own(answers, key) })))
  return {
    cve,
    ssvc: ssvc === null ? null : { ...ssvc, version: textIn(value, 'ssvcVersion'), role: null },
    at: statedTime(textIn(value, 'ts') ?? ''),
    kev: kev === null ? null : statedTime(kev),
    vectors: [...new Set([...textsIn(value, 'adpCvss'), ...textsIn(value, 'cnaCvss')])],
  }
}

function ofRecord(value: JsonObject, cve: string): EnrichedRow {
  const metrics = objectsIn(objectIn(value, 'containers'), 'adp').flatMap((container) => objectsIn(container, 'metrics'))
  const others = metrics.map((metric) => objectIn(metric, 'other'))
  const contentOf = (type: string) => objectIn(others.find((other) => textIn(other, 'type') === type) ?? {}, 'content')
  const content = contentOf('ssvc')
  const words = wordsOf(objectsIn(content, 'options'))
  const added = textIn(contentOf('kev'), 'dateAdded')
  return {
    cve,
    ssvc: words === null ? null : { ...words, version: textIn(content, 'version'), role: textIn(content, 'role') },
    at: statedTime(textIn(content, 'timestamp') ?? ''),
    kev: added === null ? null : statedTime(added),
    vectors: [
      ...new Set(metrics.flatMap((metric) => METRICS.flatMap((name) => textIn(objectIn(metric, name), 'vectorString') ?? []))),
    ],
  }
}

/** `Technical Impact`, `technicalImpact` and `technical_impact` are one question. */
function wordsOf(options: readonly JsonObject[]): SsvcWords | null {
  const said = new Map<string, string>()
  for (const option of options.slice(0, 50)) {
    for (const key of Object.keys(option)) {
      const answer = textIn(option, key)
      if (answer !== null) said.set(key.toLowerCase().replace(/[\s_-]/g, ''), answer)
    }
  }
  const words: SsvcWords = {
    exploitation: said.get('exploitation') ?? null,
    automatable: said.get('automatable') ?? null,
    impact: said.get('technicalimpact') ?? null,
  }
  return Object.values(words).every((word) => word === null) ? null : words
}

import type { Sha256 } from '../../kernel/digest.ts'
import { parsePurl } from '../../kernel/purl.ts'
import { AKRITES_MOST, binaryType, jsonBytes } from './akrites-limits.ts'
import { type Bench, closeDraft, fileForDraft, openBench, reportText, utf8Bytes } from './draft-parts.ts'
import { provenanceBlock } from './provenance.ts'
import type { Drafted, DraftFile } from './relay-draft.ts'
import { refuseRelay } from './relay-refusal.ts'
import type { RelaySource } from './relay-source.ts'

const CONTROL = /[\u0000-\u001f\u007f-\u009f]/
const WEB = /^https?:\/\/[^\s]{1,500}$/
const COMMIT = /^[0-9a-fA-F]{7,64}$/
const UPSTREAM = /^(?:CVE-\d{4}-\d{4,19}|GHSA(?:-[0-9a-z]{4}){3}|(?:OSV|GO|RUSTSEC|PYSEC)-[A-Za-z0-9-]{1,100})$/
const VECTOR = /^CVSS:4\.0\/[A-Za-z0-9:/]{1,200}$/

/** Whom Akrites may notify: the clearinghouse's own address, never a reporter's; null: nobody. */
export interface AkritesContact {
  readonly email: string
  readonly notify: 'final' | 'milestones' | 'all'
}

/**
 * The draft of an Akrites report (POST /v1/reports; Akrites-Foundation/SIRT, docs/TAP-API-Spec.md). Attachments are sealed there and
 * metadata is not, so prose and evidence travel as attachments under names that tell nothing.
 */
export function draftForAkrites(source: RelaySource, contact: AkritesContact | null, sha256: Sha256): Drafted {
  const opened = openBench(source, sha256)
  if (!opened.ok) return opened
  const { bench } = opened
  const [product] = source.products
  const read = product?.purl ? parsePurl(product.purl) : null
  if (!read?.ok) return refuseRelay('draft.field-missing', 'purl')
  if (product?.purl === null || utf8Bytes(product?.purl ?? '') > AKRITES_MOST.purl)
    return refuseRelay('draft.field-too-long', 'purl')
  for (const _ of source.products.slice(1)) bench.leftOut.push({ what: 'product', why: 'count' })
  const report: Record<string, unknown> = {
    purl: product?.purl,
    ...listed(
      bench,
      'versions',
      product?.versions ?? [],
      AKRITES_MOST.versions,
      (text) => utf8Bytes(text) <= AKRITES_MOST.version,
    ),
    ...symbol(bench),
    ...listed(
      bench,
      'references',
      source.references,
      AKRITES_MOST.references,
      (text) => WEB.test(text) && utf8Bytes(text) <= 512,
    ),
    ...listed(bench, 'upstream_ids', source.aliases, AKRITES_MOST.references, (text) => UPSTREAM.test(text)),
    ...one(bench, 'introduced_commit', source.introducedCommit, COMMIT, 64),
    ...one(bench, 'fixed_commit', source.fixedCommit, COMMIT, 64),
    ...one(bench, 'package_repo_url', product?.repository ?? null, WEB, 512),
    discovery_method: source.discovery.method,
    ...one(bench, 'discovery_tooling', source.discovery.tooling, /./su, 128),
    ...(contact === null ? {} : { email: contact.email, notify: contact.notify }),
    enrichment: enrichment(bench),
  }
  const files = attachments(bench)
  if (files === null) return refuseRelay('draft.too-large')
  return { ok: true, draft: closeDraft(bench, { route: 'akrites', body: { report, files: fitted(bench, report, files) } }) }
}

/** A list under its limits; what does not fit or is not well formed is named as left out. */
function listed(
  bench: Bench,
  field: string,
  all: readonly string[],
  most: number,
  fits: (text: string) => boolean,
): Record<string, string[]> {
  const cleaned = [...new Set(all)].map((text) => bench.scrubber.clean(text))
  const good = cleaned.filter((text) => text !== '' && !CONTROL.test(text) && fits(text))
  if (good.length < cleaned.length) bench.leftOut.push({ what: field, why: 'form' })
  if (good.length > most) bench.leftOut.push({ what: field, why: 'count' })
  return good.length === 0 ? {} : { [field]: good.slice(0, most) }
}

function one(bench: Bench, field: string, value: string | null, form: RegExp, most: number): Record<string, string> {
  if (value === null) return {}
  const text = bench.scrubber.clean(value)
  if (form.test(text) && !CONTROL.test(text) && utf8Bytes(text) <= most) return { [field]: text }
  bench.leftOut.push({ what: field, why: utf8Bytes(text) > most ? 'length' : 'form' })
  return {}
}

function symbol(bench: Bench): Record<string, unknown> {
  const { symbol: at } = bench.source
  if (at === null) return {}
  const said = { ...one(bench, 'file', at.file, /./su, 512), ...one(bench, 'function', at.function, /./su, 256) }
  return Object.keys(said).length === 0 ? {} : { affected_symbol: said }
}

function enrichment(bench: Bench): Record<string, string> {
  const { severity, weaknesses, verified } = bench.source
  const [first, ...more] = weaknesses
  if (more.length > 0) bench.leftOut.push({ what: 'weaknesses', why: 'count' })
  return {
    ...one(bench, 'cvss_vector', severity.vector, VECTOR, 256),
    ...one(bench, 'cwe', first ?? null, /^CWE-\d{1,5}$/, 16),
    ...(severity.word === null ? {} : { severity: `${severity.word[0]?.toUpperCase()}${severity.word.slice(1)}` }),
    verified,
  }
}

/** The report as a text file, then the evidence; null: the report's own text is too large to send at all. */
function attachments(bench: Bench): DraftFile[] | null {
  const { source, scrubber } = bench
  const text = `${scrubber.clean(source.summary)}\n\n${reportText(bench)}\n\n${provenanceBlock(source.provenance)}\n`
  const bytes = new TextEncoder().encode(text)
  if (bytes.length > AKRITES_MOST.file) return null
  const files: DraftFile[] = [{ filename: 'report.txt', contentType: 'text/plain', kind: 'report', bytes }]
  for (const [n, file] of source.files.entries()) {
    if (files.length >= AKRITES_MOST.files) {
      bench.leftOut.push({ what: file.kind, why: 'count' })
      continue
    }
    const sent = fileForDraft(bench, file, `${file.kind}-${n + 1}`)
    if (sent !== null) files.push(sent)
  }
  return files
}

/** The files that fit into the limits of one file and of the body, in their order. */
function fitted(bench: Bench, report: Readonly<Record<string, unknown>>, files: readonly DraftFile[]): DraftFile[] {
  let room = AKRITES_MOST.body - utf8Bytes(JSON.stringify(report)) - AKRITES_MOST.around
  return files.filter((file) => {
    const payload = binaryType(file) ? 4 * Math.ceil(file.bytes.length / 3) : file.bytes.length
    const cost = jsonBytes(file)
    if (payload > AKRITES_MOST.file || cost > room) {
      bench.leftOut.push({ what: file.kind, why: 'length' })
      return false
    }
    room -= cost
    return true
  })
}

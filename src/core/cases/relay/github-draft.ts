import type { Sha256 } from '../../kernel/digest.ts'
import { parsePurl } from '../../kernel/purl.ts'
import { type Bench, characters, closeDraft, fileForDraft, openBench, reportText, textOf } from './draft-parts.ts'
import { githubPackage } from './github-ecosystem.ts'
import { provenanceBlock } from './provenance.ts'
import type { Drafted, GithubBody } from './relay-draft.ts'
import { refuseRelay } from './relay-refusal.ts'
import type { RelayProduct, RelaySource } from './relay-source.ts'

// Schema `private-vulnerability-report-create` of GitHub's REST description: summary and description are required, further keys
// are refused, and of severity and vector one may be set.
export const GITHUB_MOST = { summary: 1024, description: 65_535 } as const
const VECTOR = /^CVSS:(?:3\.[01]|4\.0)\/[A-Za-z0-9:/]{1,200}$/
const WEAKNESS = /^CWE-\d{1,5}$/

/**
 * The draft of a private vulnerability report (POST /repos/{owner}/{repo}/security-advisories/reports). GitHub takes no files: a
 * patch and a reproducer stand in the text while they fit. `privateFork` asks for a temporary fork to mend the flaw in.
 */
export function draftForGithub(source: RelaySource, privateFork: boolean, sha256: Sha256): Drafted {
  const opened = openBench(source, sha256)
  if (!opened.ok) return opened
  const { bench } = opened
  const summary = bench.scrubber.clean(source.summary)
  if (characters(summary) > GITHUB_MOST.summary) return refuseRelay('draft.field-too-long', 'summary')
  const required = [reportText(bench, fenced), fenced(provenanceBlock(source.provenance))]
  const room = GITHUB_MOST.description - characters(required.join('\n\n'))
  if (room < 0) return refuseRelay('draft.field-too-long', 'description')
  const weaknesses = source.weaknesses.filter((id) => WEAKNESS.test(id))
  if (weaknesses.length < source.weaknesses.length) bench.leftOut.push({ what: 'weaknesses', why: 'form' })
  const [first, ...rest] = required
  const body: GithubBody = {
    summary,
    description: [first, ...inlineFiles(bench, room), ...rest].join('\n\n'),
    vulnerabilities: products(bench),
    ...(weaknesses.length === 0 ? {} : { cwe_ids: weaknesses }),
    ...severity(bench),
    start_private_fork: privateFork,
  }
  return { ok: true, draft: closeDraft(bench, { route: 'github', body }) }
}

/** Patches first, because they are what a maintainer can use at once. */
function inlineFiles(bench: Bench, room: number): string[] {
  const parts: string[] = []
  const order = ['patch', 'test', 'reproducer']
  for (const file of [...bench.source.files].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))) {
    const sent = fileForDraft(bench, file, file.kind)
    if (sent === null) continue
    const text = textOf(sent.bytes)
    if (text === null) {
      bench.leftOut.push({ what: file.kind, why: 'machine-bytes' })
      continue
    }
    const part = `${file.kind[0]?.toUpperCase()}${file.kind.slice(1)}\n${fenced(text)}`
    const length = characters(part) + 2
    if (length > room) {
      bench.leftOut.push({ what: file.kind, why: 'length' })
      continue
    }
    room -= length
    parts.push(part)
  }
  return parts
}

/** What others wrote, in a fence longer than any run of backticks inside it: no link, image, mention or markup of theirs is live. */
function fenced(text: string): string {
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2)
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${text.endsWith('\n') ? text : `${text}\n`}${fence}`
}

function severity({ source, leftOut }: Bench): Pick<GithubBody, 'severity' | 'cvss_vector_string'> {
  const { vector, word } = source.severity
  if (vector !== null && VECTOR.test(vector)) return { cvss_vector_string: vector }
  if (vector !== null) leftOut.push({ what: 'severity vector', why: 'form' })
  return word === null ? {} : { severity: word }
}

function products({ source, leftOut, scrubber }: Bench): GithubBody['vulnerabilities'] {
  return source.products.flatMap((product) => {
    const read = product.purl === null ? null : parsePurl(product.purl)
    const named = read?.ok ? githubPackage(read.purl) : nameless(product)
    if (named === null) {
      leftOut.push({ what: 'product', why: 'form' })
      return []
    }
    const range =
      product.range ?? (product.versions.length === 0 ? null : product.versions.map((version) => `= ${version}`).join(', '))
    return [
      {
        package: named,
        ...(range === null ? {} : { vulnerable_version_range: scrubber.clean(range) }),
        ...(product.patched === null ? {} : { patched_versions: scrubber.clean(product.patched) }),
        ...(product.functions.length === 0 ? {} : { vulnerable_functions: product.functions.map(scrubber.clean) }),
      },
    ]
  })
}

function nameless({ product }: RelayProduct): { readonly ecosystem: string; readonly name: string } | null {
  return product === null || product.trim() === '' ? null : { ecosystem: 'other', name: product }
}

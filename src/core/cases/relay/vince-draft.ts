import type { Sha256 } from '../../kernel/digest.ts'
import { formatInstant } from '../../kernel/instant.ts'
import { parsePurl } from '../../kernel/purl.ts'
import { type Bench, characters, closeDraft, fileForDraft, openBench } from './draft-parts.ts'
import { provenanceBlock } from './provenance.ts'
import type { Drafted, DraftFile } from './relay-draft.ts'
import { refuseRelay } from './relay-refusal.ts'
import type { RelaySource } from './relay-source.ts'
import { VINCE_FIELDS, VINCE_FILE_BYTES } from './vince-fields.ts'

/** What VINCE asks and no case says: a coordinator answers. The contact is the clearinghouse's own, never a reporter's. */
export interface VinceAnswers {
  readonly contact: { readonly name: string; readonly organisation: string; readonly email: string }
  /** Whether VINCE may share the contact with vendors, and may name the credits when it publishes. */
  readonly shareContact: boolean
  readonly nameCredits: boolean
  readonly industrialControl: boolean
  readonly machineLearning: boolean
  readonly coordinateWithCisa: boolean
  readonly planToDisclose: boolean
  /** What was said to the vendor so far; null: nothing was. */
  readonly vendorContact: string | null
}

const FILE_ORDER = ['reproducer', 'patch', 'test']

/** The draft of a VINCE report (POST /vince/comm/api/vulreport/, multipart): form fields and at most one file. */
export function draftForVince(source: RelaySource, answers: VinceAnswers, sha256: Sha256): Drafted {
  const opened = openBench(source, sha256)
  if (!opened.ok) return opened
  const { bench } = opened
  const [product, ...others] = source.products
  if (product === undefined) return refuseRelay('draft.field-missing', 'product_name')
  const file = oneFile(bench)
  const values = new Map<string, string>([...fromAnswers(answers, source), ...fromCase(bench, answers)])
  const others_ = others.flatMap(({ vendor, product: name, purl }) => vendor ?? name ?? purl ?? [])
  if (others_.length > 0) values.set('other_vendors', bench.scrubber.clean(others_.join(', ')))
  for (const [name, field] of VINCE_FIELDS) {
    const value = values.get(name) ?? ''
    if (field.required && value.trim() === '') return refuseRelay('draft.field-missing', name)
    if (characters(value) > field.most) return refuseRelay('draft.field-too-long', name)
  }
  const fields = Object.fromEntries([...values].filter(([, value]) => value !== '').map(([name, value]) => [name, [value]]))
  noField(bench)
  return { ok: true, draft: closeDraft(bench, { route: 'vince', body: { fields, file } }) }
}

function fromCase(bench: Bench, answers: VinceAnswers): [string, string][] {
  const { source, scrubber } = bench
  const [product] = source.products
  const read = product?.purl ? parsePurl(product.purl) : null
  const name = product?.product ?? (read?.ok ? read.purl.name : null) ?? ''
  const vendor = product?.vendor ?? (read?.ok ? read.purl.namespace : null) ?? ''
  const { method, tooling } = source.discovery
  const { embargo } = source.provenance
  const described = `${scrubber.clean(source.summary)}\n\n${scrubber.clean(source.description)}`
  return [
    ['vendor_name', scrubber.clean(vendor)],
    ['product_name', scrubber.clean(name)],
    ['product_version', scrubber.clean(product?.range ?? product?.versions.join(', ') ?? '')],
    ['vul_description', `${described}\n\n${provenanceBlock(source.provenance)}`],
    ['vul_exploit', scrubber.clean(source.trigger ?? '')],
    ['vul_impact', scrubber.clean(source.impact ?? '')],
    ['vul_discovery', scrubber.clean(tooling === null ? method : `${method}: ${tooling}`)],
    ['public_references', source.public ? fitting(bench, source.references.map(scrubber.clean), 'public_references') : ''],
    [
      'disclosure_plans',
      embargo?.end && answers.planToDisclose ? `Embargo until ${formatInstant(embargo.end)} (${embargo.zone}).` : '',
    ],
    ['tracking', source.reference],
  ]
}

function fromAnswers(answers: VinceAnswers, source: RelaySource): [string, string][] {
  const said = answers.vendorContact !== null
  const { contact } = answers
  return [
    ['contact_name', contact.name],
    ['contact_org', contact.organisation],
    ['contact_email', contact.email],
    ['share_release', answer(answers.shareContact)],
    ['credit_release', answer(answers.nameCredits)],
    ['comm_attempt', answer(said)],
    // 1 of the form's choices: no attempt was made to contact the vendor.
    ['why_no_attempt', said ? '' : '1'],
    ['vendor_communication', answers.vendorContact ?? ''],
    ['first_contact', said && source.firstContact !== null ? formatInstant(source.firstContact).slice(0, 10) : ''],
    ['multiplevendors', answer(source.products.length > 1)],
    ['ics_impact', answer(answers.industrialControl)],
    ['ai_ml_system', answer(answers.machineLearning)],
    ['vul_public', answer(source.public)],
    ['vul_exploited', answer(source.exploited)],
    ['vul_disclose', answer(answers.planToDisclose)],
    ['cisa_please', answer(answers.coordinateWithCisa)],
  ]
}

function answer(yes: boolean): string {
  return yes ? 'True' : 'False'
}

/** The reproducer where it may go, else a patch, else a test: the form has room for one. */
function oneFile(bench: Bench): DraftFile | null {
  let chosen: DraftFile | null = null
  for (const file of [...bench.source.files].sort((a, b) => FILE_ORDER.indexOf(a.kind) - FILE_ORDER.indexOf(b.kind))) {
    if (chosen !== null) {
      bench.leftOut.push({ what: file.kind, why: 'count' })
    } else if (file.bytes.length > VINCE_FILE_BYTES) {
      bench.leftOut.push({ what: file.kind, why: 'length' })
    } else {
      chosen = fileForDraft(bench, file, file.kind)
    }
  }
  return chosen
}

function fitting(bench: Bench, lines: readonly string[], field: string): string {
  const most = VINCE_FIELDS.get(field)?.most ?? 0
  let text = ''
  for (const line of lines) {
    const longer = text === '' ? line : `${text}\n${line}`
    if (characters(longer) > most) {
      bench.leftOut.push({ what: field, why: 'length' })
      break
    }
    text = longer
  }
  return text
}

function noField({ source, leftOut }: Bench): void {
  if (source.severity.vector !== null || source.severity.word !== null) leftOut.push({ what: 'severity', why: 'no-field' })
  if (source.weaknesses.length > 0) leftOut.push({ what: 'weaknesses', why: 'no-field' })
  if (source.aliases.length > 0) leftOut.push({ what: 'aliases', why: 'no-field' })
}

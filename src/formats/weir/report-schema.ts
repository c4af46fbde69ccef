import { CRASH_TOOLS } from '../../core/findings/finding.ts'
import { EVIDENCE_KINDS, SEVERITY_KINDS, VERSION } from './words.ts'

type Schema = Readonly<Record<string, unknown>>

const text = (description: string, more: Schema = {}): Schema => ({ type: ['string', 'null'], description, ...more })
const truth = (description: string): Schema => ({ type: ['boolean', 'null'], description })
const place = (description: string): Schema => ({
  type: ['integer', 'null'],
  minimum: 1,
  maximum: Number.MAX_SAFE_INTEGER,
  description,
})
const list = (description: string, items: Schema): Schema => ({ type: ['array', 'null'], description, items })
const ref = (name: string, description: string): Schema => ({
  anyOf: [{ $ref: `#/$defs/${name}` }, { type: 'null' }],
  description,
})
const object = (description: string, properties: Schema, required: readonly string[] = []): Schema => ({
  type: 'object',
  description,
  properties,
  ...(required.length > 0 ? { required } : {}),
})

const CWE = {
  description: 'A CWE id, or its number.',
  anyOf: [
    { type: 'string', pattern: '^\\s*([Cc][Ww][Ee][-_ ]?)?0*[1-9][0-9]{0,4}\\s*$' },
    { type: 'integer', minimum: 1, maximum: 99999 },
  ],
}

const TARGET = object('What the flaw is in. A purl or a repository is needed before anybody can work on it.', {
  purl: text('Package URL; a version in it counts where `version` is not given.', { examples: ['pkg:npm/left-pad'] }),
  repository: text('Address of the source repository.'),
  version: text('Version, range or commit, free text.'),
})

const LOCATION = object('One place in the target.', {
  path: text('Path inside the target, separated by `/`.'),
  line: place('Line, counted from 1.'),
  column: place('Column, counted from 1.'),
  symbol: text('Function, method or other name.'),
  snippet: text('The source text there.'),
})

const FRAME = object('One frame of a stack.', {
  symbol: text('Function as printed.'),
  path: text('Source file.'),
  line: place('Line, counted from 1.'),
  column: place('Column, counted from 1.'),
  module: text('Library, program or package the frame is in.'),
})

const CRASH = object(
  'What the tool that saw the crash said.',
  {
    tool: { enum: [...CRASH_TOOLS, null], description: 'The tool; `other` where not given.' },
    kind: { type: 'string', minLength: 1, description: 'For example heap-buffer-overflow.' },
    access: { enum: ['read', 'write', null], description: 'Whether memory was read or written.' },
    size: { type: ['integer', 'null'], minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'Bytes accessed.' },
    address: text('Faulting address as printed.'),
    signal: text('Signal, for example SIGSEGV.'),
  },
  ['kind'],
)

const SEVERITY = object(
  'One severity, as somebody states it.',
  {
    kind: { enum: [...SEVERITY_KINDS, null], description: 'What `value` is; told from the value where not given.' },
    value: { type: ['string', 'number'], description: 'CVSS vector, word or number.' },
    by: text('Who says so.'),
  },
  ['value'],
)

const EVIDENCE = object(
  'One file that shows the flaw. It is stored and never run outside the sandbox.',
  {
    kind: { enum: [...EVIDENCE_KINDS, null], description: 'What it is; `other` where not given.' },
    name: text('File name.'),
    mediaType: text('Media type.'),
    content: { type: 'string', description: 'The content, as `encoding` says.' },
    encoding: { enum: ['utf8', 'base64', null], description: 'utf8 where not given; base64 as in RFC 4648 section 4, padded.' },
  },
  ['content'],
)

const PROVENANCE = object('How the finding came about. What is not said is not guessed.', {
  tool: text('Tool that found it.'),
  toolVersion: text('Version of the tool.'),
  model: text('AI model that found it or helped.'),
  modelVersion: text('Version of the model.'),
  humanValidated: truth('Whether a person has checked the finding.'),
  aiAssisted: truth('Whether AI took part.'),
})

const FINDING: Schema = {
  ...object('One claimed flaw. Fields not named here are kept. null counts as not given.', {
    key: text("The sender's own key of this item; sending it again changes nothing.", { minLength: 1, maxLength: 200 }),
    title: text('One line; cut at 300 characters. The first line of the text where not given.'),
    text: text('Description, plain text or Markdown, shown inert.'),
    target: ref('target', 'What the flaw is in.'),
    locations: list('The place of the flaw first, then places on the way to it.', { $ref: '#/$defs/location' }),
    weaknesses: list('CWE ids, the most specific first.', CWE),
    stack: {
      description: 'Frames, innermost first; or the text of a trace or crash log, which is read and kept as evidence.',
      anyOf: [{ type: 'array', items: { $ref: '#/$defs/frame' } }, { type: 'string' }, { type: 'null' }],
    },
    crash: ref('crash', 'What the tool that saw the crash said.'),
    rule: text("The tool's rule, for example cpp/unbounded-write."),
    severity: { type: ['string', 'number', 'null'], description: 'Short for one entry of `severities`.' },
    severities: list('Severities, each with who says so.', { $ref: '#/$defs/severity' }),
    aliases: list('Public names of the same flaw: CVE, GHSA, OSV.', { type: 'string' }),
    references: list('Addresses of further reading. Weir does not fetch them.', { type: 'string' }),
    evidence: list('Files that show the flaw.', { $ref: '#/$defs/evidence' }),
    provenance: ref('provenance', "How the finding came about; over the report's own, field by field."),
    toolFingerprints: {
      type: ['object', 'null'],
      additionalProperties: { type: 'string' },
      description: 'Fingerprints the tool computed, name/version to value.',
    },
  }),
  anyOf: ['title', 'text', 'locations', 'stack', 'crash', 'aliases'].map((name) => ({ required: [name] })),
}

const REPORT = object(
  'Findings with what they share.',
  {
    weir: { const: VERSION, description: 'Format and version.' },
    provenance: ref('provenance', 'How the findings came about, where they do not say themselves.'),
    findings: { type: 'array', description: 'The findings.', items: { $ref: '#/$defs/finding' } },
  },
  ['weir', 'findings'],
)

/** JSON Schema 2020-12 of Weir's own format: a report, an array of findings, or one finding (also one line of NDJSON). */
export const REPORT_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://weir.invalid/schemas/report-1.json',
  title: 'Weir report',
  description: "Weir's own format of findings, version 1.",
  anyOf: [{ $ref: '#/$defs/report' }, { type: 'array', items: { $ref: '#/$defs/finding' } }, { $ref: '#/$defs/finding' }],
  $defs: {
    report: REPORT,
    finding: FINDING,
    target: TARGET,
    location: LOCATION,
    frame: FRAME,
    crash: CRASH,
    severity: SEVERITY,
    evidence: EVIDENCE,
    provenance: PROVENANCE,
  },
} as const

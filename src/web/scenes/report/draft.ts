/** What a person wrote into the form, before it becomes Weir JSON. */
export interface Draft {
  readonly title: string
  readonly text: string
  readonly target: string
  readonly version: string
  readonly path: string
  readonly line: string
  readonly symbol: string
  readonly weakness: string
  readonly severity: string
  readonly reproducer: string
  readonly files: readonly {
    readonly name: string
    readonly mediaType: string
    readonly content: string
    readonly bytes: number
  }[]
  readonly contact: string
  readonly found: 'person' | 'assisted' | 'machine' | null
  readonly tool: string
  readonly model: string
}

export const BLANK: Draft = {
  title: '',
  text: '',
  target: '',
  version: '',
  path: '',
  line: '',
  symbol: '',
  weakness: '',
  severity: '',
  reproducer: '',
  files: [],
  contact: '',
  found: null,
  tool: '',
  model: '',
}

/** What must be mended before sending, by field; empty when nothing. */
export function faults(draft: Draft): Partial<Record<keyof Draft, string>> {
  const out: Partial<Record<keyof Draft, string>> = {}
  if (draft.title.trim() === '') out.title = 'One line is needed, so that the report can be found again.'
  if (draft.text.trim() === '') out.text = 'Say what goes wrong and how it is reached.'
  if (draft.weakness !== '' && !/^(cwe-)?\d{1,6}$/i.test(draft.weakness.trim()))
    out.weakness = 'A weakness is named like CWE-787.'
  if (draft.line !== '' && !/^[1-9]\d{0,8}$/.test(draft.line.trim())) out.line = 'A line is a whole number from 1.'
  return out
}

/** The draft as an item of Weir JSON; what was left empty is left out, nothing is guessed. */
export function toWeirJson(draft: Draft): Record<string, unknown> {
  const target = draft.target.trim()
  const place = tidy({ path: draft.path, symbol: draft.symbol, line: draft.line === '' ? undefined : Number(draft.line) })
  const evidence = [
    ...(draft.reproducer.trim() === ''
      ? []
      : [{ kind: 'reproducer', name: 'reproducer.txt', mediaType: 'text/plain', content: draft.reproducer, encoding: 'utf8' }]),
    ...draft.files.map(({ name, mediaType, content }) => ({
      kind: 'reproducer',
      name,
      mediaType,
      content,
      encoding: 'base64',
    })),
  ]
  return tidy({
    title: draft.title.trim(),
    text: draft.text,
    target:
      target === '' && draft.version === ''
        ? undefined
        : tidy({ [target.startsWith('pkg:') ? 'purl' : 'repository']: target, version: draft.version }),
    locations: Object.keys(place).length === 0 ? undefined : [place],
    weaknesses: draft.weakness === '' ? undefined : [`CWE-${draft.weakness.trim().replace(/^cwe-/i, '')}`],
    severity: draft.severity,
    evidence: evidence.length === 0 ? undefined : evidence,
    provenance: provenance(draft),
    contact: draft.contact.trim(),
  })
}

function provenance({ found, tool, model }: Draft): Record<string, unknown> | undefined {
  const stated = found === null ? {} : { humanValidated: found !== 'machine', aiAssisted: found !== 'person' }
  const out = tidy({ tool: tool.trim(), model: model.trim(), ...stated })
  return Object.keys(out).length === 0 ? undefined : out
}

function tidy(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''))
}

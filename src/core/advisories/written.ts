import { JUSTIFICATIONS } from '../cases/case.ts'
import { parseId } from '../kernel/id.ts'
import { formatPurl, parsePurl } from '../kernel/purl.ts'
import { parseVector } from '../priority/cvss/vector.ts'
import { CREDIT_KINDS, RANGE_SCHEMES, REFERENCE_KINDS, REMEDY_KINDS, SCORERS, STATUSES, TLP_LABELS } from './content.ts'
import { PUBLISHER_KINDS } from './publisher.ts'
import { all, isFields, listOf, oneOf, orNull, type Rule, shape, text } from './shape.ts'
import { isWebAddress } from './web-address.ts'

// What people send is hostile until it has passed here: types are not believed, lengths and counts are bounded.

const TITLE = 300
const TEXT = 20_000
const NAME = 200
const VERSION = 200
const LAST = Date.UTC(3000, 0, 1)

const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/
const ALIAS = /^[A-Za-z][A-Za-z0-9_.:-]{1,99}$/
const CVE = /^CVE-[0-9]{4}-[0-9]{4,19}$/
const CWE = /^CWE-[1-9][0-9]{0,4}$/
const POINT = /^[A-Za-z0-9_.#/:-]{1,100}$/
const LANGUAGE = /^[a-z]{2,3}(?:-[A-Z]{2})?$/
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const PREFIX = /^[A-Za-z][A-Za-z0-9_]{1,30}$/

const isInstant: Rule = (value) => Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < LAST
const isFlawId: Rule = (value) => typeof value === 'string' && parseId('flaw', value) === value
const isVector: Rule = (value) => typeof value === 'string' && parseVector(value).ok
const matches =
  (pattern: RegExp): Rule =>
  (value) =>
    typeof value === 'string' && value.length <= 4096 && pattern.test(value)
const isAlias: Rule = (value) => matches(ALIAS)(value) && (!(value as string).startsWith('CVE-') || CVE.test(value as string))
const isSaid = (most: number): Rule => all(text(most), (value) => (value as string).trim() !== '')

const isPurl: Rule = (value) => {
  if (typeof value !== 'string') return false
  const parsed = parsePurl(value)
  return parsed.ok && parsed.purl.version === null && formatPurl(parsed.purl) === value
}

const RANGE = shape({
  scheme: oneOf(RANGE_SCHEMES),
  repository: orNull(isWebAddress),
  introduced: orNull(isSaid(VERSION)),
  fixed: orNull(isSaid(VERSION)),
  lastAffected: orNull(isSaid(VERSION)),
})

const isRange: Rule = (value) => {
  if (!RANGE(value) || !isFields(value)) return false
  const { scheme, repository, introduced, fixed, lastAffected } = value
  if (fixed !== null && lastAffected !== null) return false
  if (scheme !== 'git') return repository === null
  return repository !== null && [introduced, fixed, lastAffected].every((one) => one === null || COMMIT.test(one as string))
}

const PRODUCT = shape({
  purl: orNull(isPurl),
  vendor: orNull(isSaid(NAME)),
  product: orNull(isSaid(NAME)),
  ranges: listOf(100, isRange),
  versions: listOf(1000, isSaid(VERSION)),
  status: oneOf(STATUSES),
  justification: orNull(oneOf(JUSTIFICATIONS)),
  statement: orNull(isSaid(TEXT)),
})

const isProduct: Rule = (value) => {
  if (!PRODUCT(value) || !isFields(value)) return false
  if (value['justification'] !== null && value['status'] !== 'not-affected') return false
  return value['purl'] !== null || (value['vendor'] !== null && value['product'] !== null)
}

const REFERENCES = listOf(200, shape({ kind: oneOf(REFERENCE_KINDS), url: isWebAddress, title: orNull(isSaid(TITLE)) }))

const FLAW = shape({
  id: isFlawId,
  title: text(TITLE),
  description: text(TEXT),
  aliases: listOf(100, isAlias),
  weaknesses: listOf(50, matches(CWE)),
  scores: listOf(50, shape({ by: oneOf(SCORERS), vector: isVector })),
  affected: listOf(500, isProduct),
  remedies: listOf(100, shape({ kind: oneOf(REMEDY_KINDS), text: isSaid(TEXT), url: orNull(isWebAddress) })),
  references: REFERENCES,
  credits: listOf(200, shape({ kind: oneOf(CREDIT_KINDS), name: isSaid(NAME), organisation: orNull(isSaid(NAME)) })),
  timeline: listOf(200, shape({ at: isInstant, what: isSaid(1000) })),
  selections: listOf(
    100,
    shape({
      audience: oneOf(['supplier', 'deployer']),
      point: matches(POINT),
      value: matches(POINT),
      by: isSaid(NAME),
      at: isInstant,
    }),
  ),
})

const PUBLISHER = shape({
  name: isSaid(NAME),
  kind: oneOf(PUBLISHER_KINDS),
  namespace: isWebAddress,
  home: all(matches(/^https?:\/\/[^?#]*[^/?#]$/), isWebAddress),
  prefix: matches(PREFIX),
  contact: orNull(isSaid(TITLE)),
  cna: orNull(shape({ organisation: matches(UUID), shortName: matches(/^[A-Za-z0-9_-]{2,32}$/) })),
})

const FIELDS = {
  title: text(TITLE),
  summary: text(TEXT),
  language: matches(LANGUAGE),
  distribution: shape({ tlp: oneOf(TLP_LABELS), text: orNull(isSaid(TITLE)) }),
  publisher: PUBLISHER,
  references: REFERENCES,
  flaws: listOf(100, FLAW),
}

/**
 * Where content is not of its form: the name of the field, `flaws/3` for one flaw, `aliases` where two flaws claim one CVE id;
 * null: nowhere. Never throws, linear in the content.
 */
export function contentProblem(content: unknown): string | null {
  if (!isFields(content)) return 'content'
  for (const [name, rule] of Object.entries(FIELDS)) {
    const value = content[name]
    if (rule(value)) continue
    const bad = name === 'flaws' && Array.isArray(value) ? value.findIndex((flaw) => !FLAW(flaw)) : -1
    return bad < 0 ? name : `flaws/${bad}`
  }
  if (Object.keys(content).some((name) => !Object.hasOwn(FIELDS, name))) return 'content'
  const flaws = content['flaws'] as readonly { id: string; aliases: readonly string[] }[]
  const cves = flaws.flatMap(({ aliases }) => [...new Set(aliases)].filter((alias) => alias.startsWith('CVE-')))
  if (new Set(cves).size !== cves.length) return 'aliases'
  return new Set(flaws.map(({ id }) => id)).size === flaws.length ? null : 'flaws'
}

/** Whether that is a sentence for readers: something in it and at most 1,000 characters. */
export function isSentence(value: unknown): value is string {
  return isSaid(1000)(value)
}

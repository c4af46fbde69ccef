import type { AdvisoryContent, AdvisoryFlaw, AffectedProduct, AffectedRange } from '../core/advisories/content.ts'
import { CREDIT_KINDS, REFERENCE_KINDS, REMEDY_KINDS, SCORERS } from '../core/advisories/content.ts'
import type { Edition } from '../core/advisories/edition.ts'
import type { Publisher } from '../core/advisories/publisher.ts'
import { JUSTIFICATIONS } from '../core/cases/case.ts'
import { newId, type Random } from '../core/kernel/id.ts'
import { DAY, instant } from '../core/kernel/instant.ts'

export const SAMPLE_PUBLISHER: Publisher = {
  name: 'Clearing House',
  kind: 'coordinator',
  namespace: 'https://clearing.example',
  home: 'https://clearing.example/public',
  prefix: 'x_weir',
  contact: 'mailto:psirt@clearing.example',
  cna: { organisation: '2b1e2c1e-2f6b-4a5e-9d6e-0a4a4a6f7c11', shortName: 'clearing' },
}

const HOSTILE = [
  'A plain sentence.',
  '<script>alert(1)</script> & <b>bold</b> "quoted" \'single\' ]]>',
  'bell \u0007 nul \u0000 del \u007f c1 \u0085 line\u2028para\u2029',
  'turned \u202eright to left\u202c and \u2066isolated\u2069',
  '\ufffe not a character \uffff',
  '# heading\n\n* list\n1. one\n> quote\n    code\n```\nfence\n```\n| a | b |\n|---|---|\n',
  '[link](javascript:alert(1)) ![i](https://e.example/x.png) <https://e.example> www.e.example http://e.example a@e.example',
  '\\\\ backslash \\` tick ` ~~struck~~ __init__ *x* $x$ {{ x }} &#x41; setext\n===\nmore\n---\n',
  'emoji 👩‍💻 and 漢字 and e\u0301',
  '=cmd|/c calc!A1 +1 -1 @x',
  '%s %n ../../etc/passwd $' + '{jndi:ldap://x}',
  'crlf\r\nline\rend',
]
const VERSIONS = [
  '0',
  '1.0',
  '1.2.3',
  '2.0.0-rc.1',
  '1:4.2-3+deb12u1',
  'v1.19',
  'before 1.0',
  '<= 3',
  'all',
  '1.0|2.0',
  '1 0',
  'ü/x',
]
const PURLS = [
  'pkg:npm/%40scope/name',
  'pkg:npm/lodash',
  'pkg:pypi/requests',
  'pkg:maven/org.a/b',
  'pkg:cargo/serde',
  'pkg:golang/github.com/a/b',
  'pkg:gem/rails',
  'pkg:composer/a/b',
  'pkg:nuget/Newtonsoft.Json',
  'pkg:hex/phoenix',
  'pkg:pub/http',
  'pkg:swift/github.com/a/b',
  'pkg:deb/debian/openssl',
  'pkg:apk/alpine/busybox',
  'pkg:rpm/redhat/kernel',
  'pkg:github/a/b',
  'pkg:conan/zlib',
  'pkg:cran/a3',
  'pkg:generic/thing',
]
const VECTORS = [
  'AV:N/AC:L/Au:N/C:P/I:P/A:P',
  'CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
  'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N',
  'CVSS:3.1/AV:L/AC:H/PR:H/UI:N/S:U/C:H/I:N/A:N/E:P/RL:O/RC:C',
  'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N',
  'CVSS:4.0/AV:L/AC:H/AT:P/PR:L/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N/E:P',
]
const COMMIT = ['a'.repeat(40), 'b1'.repeat(20), 'c2'.repeat(32)]

interface Dice {
  readonly bytes: Random
  upTo(most: number): number
  one<T>(of: readonly T[]): T
  some<T>(most: number, make: (n: number) => T): T[]
}

// xorshift32: the same edition for the same seed, everywhere.
function dice(seed: number): Dice {
  let state = (seed | 0) === 0 ? 0x9e3779b9 : seed | 0
  const next = (): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
  const upTo = (most: number): number => next() % (most + 1)
  for (let n = 0; n < 8; n++) next()
  return {
    bytes: (length) => Uint8Array.from({ length }, () => next() >>> 24),
    upTo,
    one: (of) => of[upTo(of.length - 1)]!,
    some: (most, make) => Array.from({ length: upTo(most) }, (_, n) => make(n)),
  }
}

/** A published edition made of the seed: every kind of field filled or empty, text hostile; complete for CSAF and Atom always. */
export function sampleEdition(seed: number, publisher: Publisher = SAMPLE_PUBLISHER): Edition {
  const d = dice(seed)
  const released = instant(Date.UTC(2026, 0, 1) + d.upTo(400) * DAY + d.upTo(86_399_999))
  const history = [{ number: 1, at: released, what: 'First published.' }]
  for (const n of d.some(3, (n) => n)) {
    history.push({ number: n + 2, at: instant(released + (n + 1) * DAY), what: d.one(HOSTILE) })
  }
  const last = history.at(-1)!.at
  const gone = d.upTo(5) === 0
  const withdrawn = gone ? { at: instant(last + DAY), reason: d.one(HOSTILE), rejectsCves: d.upTo(1) === 0 } : null
  const id = newId('advisory', d.bytes)
  return { id, content: contentOf(d, seed, publisher), history, released, updated: withdrawn?.at ?? last, withdrawn }
}

function contentOf(d: Dice, seed: number, publisher: Publisher): AdvisoryContent {
  return {
    title: d.one(HOSTILE),
    summary: d.one(HOSTILE),
    language: 'en',
    distribution: { tlp: 'CLEAR', text: d.upTo(1) === 0 ? null : d.one(HOSTILE) },
    publisher,
    references: d.some(3, () => reference(d)),
    flaws: [...d.some(2, (n) => flawOf(d, seed, n)), flawOf(d, seed, 9)],
  }
}

function flawOf(d: Dice, seed: number, n: number): AdvisoryFlaw {
  const at = () => instant(Date.UTC(2025, 0, 1) + d.upTo(300) * DAY)
  const cve = d.upTo(3) > 0 ? [`CVE-2026-${10_000 + (Math.abs(seed) % 100_000) * 10 + n}`] : []
  return {
    id: newId('flaw', d.bytes),
    title: d.one(HOSTILE),
    description: d.upTo(9) === 0 ? d.one(HOSTILE).repeat(100) : d.one(HOSTILE),
    aliases: [...cve, ...d.some(1, () => 'GHSA-aaaa-bbbb-cccc')],
    weaknesses: d.some(2, () => d.one(['CWE-79', 'CWE-787', 'CWE-1104', 'CWE-40', 'CWE-99999'])),
    scores: d.some(4, () => ({ by: d.one(SCORERS), vector: d.one(VECTORS) })),
    affected: [affectedOf(d), ...d.some(3, () => affectedOf(d))],
    remedies: d.some(2, () => ({
      kind: d.one(REMEDY_KINDS),
      text: d.one(HOSTILE),
      url: d.one([null, 'https://e.example/fix?x=1']),
    })),
    references: d.some(3, () => reference(d)),
    credits: d.some(2, () => ({ kind: d.one(CREDIT_KINDS), name: d.one(HOSTILE), organisation: d.one([null, 'A Lab']) })),
    timeline: d.some(3, () => ({ at: at(), what: d.one(HOSTILE) })),
    selections: d.some(2, () => ({
      audience: d.one(['supplier', 'deployer'] as const),
      point: 'ssvc:E:1.1.0',
      value: d.one(['N', 'P', 'A']),
      by: 'Clearing House',
      at: at(),
    })),
  }
}

function affectedOf(d: Dice): AffectedProduct {
  const status = d.one(['affected', 'affected', 'affected', 'fixed', 'under-investigation', 'not-affected'] as const)
  const purl = d.upTo(4) === 0 ? null : d.one(PURLS)
  const ranges = d.some(3, () => rangeOf(d))
  const named = purl === null || d.upTo(2) === 0
  return {
    purl,
    vendor: named ? d.one(HOSTILE).slice(0, 40) : null,
    product: named ? d.one(HOSTILE).slice(0, 40) : null,
    ranges,
    versions: ranges.length === 0 ? [d.one(VERSIONS)] : d.some(2, () => d.one(VERSIONS)),
    status,
    justification: status === 'not-affected' && d.upTo(1) === 0 ? d.one(JUSTIFICATIONS) : null,
    statement: status === 'not-affected' || d.upTo(3) === 0 ? d.one(HOSTILE) : null,
  }
}

function rangeOf(d: Dice): AffectedRange {
  const scheme = d.one(['semver', 'ecosystem', 'git'] as const)
  const version = () => d.one(scheme === 'git' ? COMMIT : VERSIONS)
  const end = d.upTo(2)
  return {
    scheme,
    repository: scheme === 'git' ? 'https://git.example/a/b.git' : null,
    introduced: d.upTo(1) === 0 ? null : version(),
    fixed: end === 0 ? version() : null,
    lastAffected: end === 1 ? version() : null,
  }
}

function reference(d: Dice): AdvisoryContent['references'][number] {
  const url = `https://e.example/${d.upTo(99)}?q=%20a#f`
  return { kind: d.one(REFERENCE_KINDS), url, title: d.upTo(1) === 0 ? null : d.one(HOSTILE) }
}

/** The same edition with this text wherever text of people stands, cut to what each field takes. */
export function saturate({ history, withdrawn, content, ...edition }: Edition, text: string): Edition {
  const upTo = (most: number) => text.slice(0, most).toWellFormed()
  const flaws = content.flaws.map((flaw) => ({
    ...flaw,
    title: upTo(300),
    description: text,
    affected: flaw.affected.map((one) => ({
      ...one,
      vendor: one.vendor === null ? null : upTo(200),
      product: one.product === null ? null : upTo(200),
      statement: one.statement === null ? null : text,
      versions: one.versions.map(() => upTo(200)),
      ranges: one.ranges.map((range) => (range.scheme === 'git' ? range : { ...range, introduced: upTo(200) })),
    })),
    remedies: flaw.remedies.map((one) => ({ ...one, text })),
    credits: flaw.credits.map((one) => ({ ...one, name: upTo(200), organisation: upTo(200) })),
    timeline: flaw.timeline.map((one) => ({ ...one, what: upTo(1000) })),
    selections: flaw.selections.map((one) => ({ ...one, by: upTo(200) })),
  }))
  return {
    ...edition,
    history: history.map((one) => ({ ...one, what: upTo(1000) })),
    withdrawn: withdrawn === null ? null : { ...withdrawn, reason: upTo(1000) },
    content: { ...content, title: upTo(300), summary: text, flaws },
  }
}

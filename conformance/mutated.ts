type Random = () => number

/** A valid file of a format and how documents of it stand together in one upload. */
export interface FormatSeed {
  readonly format: 'weir' | 'weir-ndjson' | 'sarif' | 'osv' | 'ghsa' | 'cve' | 'crash-log'
  readonly file: string
  /** The part that is mutated again and again. */
  readonly part: unknown
  readonly join: (parts: readonly string[]) => string
}

const FINDING = {
  key: 'k',
  title: 'Overflow in parse',
  text: 'A long header overflows the buffer.',
  target: { purl: 'pkg:npm/left@1.0.0', repository: 'https://example.org/r', version: '1' },
  locations: [{ path: 'src/a.c', line: 3, column: 1, symbol: 'parse', snippet: 'parse(buf);' }],
  weaknesses: ['CWE-787'],
  stack: [{ symbol: 'parse', path: 'src/a.c', line: 3, column: 1, module: 'a' }],
  crash: { tool: 'asan', kind: 'heap-buffer-overflow', access: 'write', size: 4, address: '0x1', signal: null },
  rule: 'r1',
  severity: 'high',
  severities: [{ kind: 'cvss-3.1', value: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', by: 'us' }],
  aliases: ['CVE-2026-0001'],
  references: ['https://example.org/1'],
  evidence: [{ kind: 'reproducer', name: 'in', mediaType: 'text/plain', content: 'AAA=', encoding: 'base64' }],
  provenance: { tool: 't', toolVersion: '1', model: 'm', modelVersion: '2', humanValidated: true, aiAssisted: false },
  toolFingerprints: { 'a/1': 'x' },
}
const RESULT = {
  ruleId: 'r/1',
  ruleIndex: 0,
  level: 'error',
  message: { text: 'Tainted data reaches {0}', arguments: ['system'] },
  locations: [
    {
      physicalLocation: {
        artifactLocation: { uri: 'src/a.c', index: 0 },
        region: { startLine: 3, snippet: { text: 'system(x)' } },
      },
      logicalLocations: [{ fullyQualifiedName: 'a::run' }],
    },
  ],
  fingerprints: { 'v/1': 'abc' },
  partialFingerprints: { 'p/1': 'def' },
  properties: { 'security-severity': '9.1', tags: ['external/cwe/cwe-78'] },
}
const sarif = (results: readonly string[]): string =>
  `{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"t","rules":[{"id":"r/1","shortDescription":{"text":"Command injection"}}]}},"artifacts":[{"location":{"uri":"src/a.c"}}],"results":[${results.join()}]}]}`
const OSV = {
  id: 'OSV-2026-1',
  modified: '2026-01-01T00:00:00Z',
  summary: 'Overflow',
  details: 'A long header.',
  aliases: ['CVE-2026-0002'],
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
  affected: [
    {
      package: { ecosystem: 'npm', name: 'left', purl: 'pkg:npm/left' },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.2.3' }] }],
      versions: ['1.0.0'],
    },
  ],
  references: [{ type: 'WEB', url: 'https://example.org' }],
  database_specific: { cwe_ids: ['CWE-79'] },
}
const GHSA = {
  ghsa_id: 'GHSA-aaaa-bbbb-cccc',
  cve_id: 'CVE-2026-0003',
  summary: 'Traversal',
  description: 'Reads files.',
  severity: 'high',
  cwes: [{ cwe_id: 'CWE-22', name: 'Path' }],
  identifiers: [{ type: 'CVE', value: 'CVE-2026-0003' }],
  references: ['https://example.org'],
  vulnerabilities: [
    { package: { ecosystem: 'pip', name: 'right' }, vulnerable_version_range: '< 2', first_patched_version: '2' },
  ],
  cvss: { vector_string: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', score: 9.8 },
}
const CVE = {
  dataType: 'CVE_RECORD',
  dataVersion: '5.1',
  cveMetadata: { cveId: 'CVE-2026-0004', assignerOrgId: '8254265b-2729-46b6-b9e3-3dfca2d5bfca', state: 'PUBLISHED' },
  containers: {
    cna: {
      title: 'Injection',
      descriptions: [{ lang: 'en', value: 'SQL injection in login.' }],
      affected: [
        { vendor: 'v', product: 'p', versions: [{ version: '1', status: 'affected', lessThan: '2', versionType: 'semver' }] },
      ],
      problemTypes: [{ descriptions: [{ lang: 'en', cweId: 'CWE-89', description: 'SQL', type: 'CWE' }] }],
      references: [{ url: 'https://example.org' }],
      metrics: [{ cvssV3_1: { vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', baseScore: 9.8 } }],
    },
  },
}
const TRACE = [
  '==8==ERROR: AddressSanitizer: heap-use-after-free on address 0x603000037bd0 at pc 0x5584c0e9ca18 bp 0x7ffc9375b5b0 sp 0x7ffc9375b5a8',
  'READ of size 8 at 0x603000037bd0 thread T0',
  '    #0 0x5584c0e9ca17 in list_remove src/core/cycle.c:1663:20',
  '    #1 0x5584c0f42fbd in std::vector<int, std::allocator<int> >::at(unsigned long) src/http/request.cc:3944:26',
  '    #2 0x5584c0f54389 in main (server+0x17e3f3) (BuildId: 2af3719627d6)',
  '',
  '0x603000037bd0 is located 16 bytes inside of 32-byte region',
  'freed by thread T0 here:',
  '    #0 0x5584c0e4cd37 in free',
  'SUMMARY: AddressSanitizer: heap-use-after-free src/core/cycle.c:1663:20 in list_remove',
  '==8==ABORTING',
].join('\n')
const lines = (parts: readonly string[]): string => parts.join('\n')

export const FORMAT_SEEDS: readonly FormatSeed[] = [
  {
    format: 'weir',
    part: FINDING,
    join: (parts) => `{"weir":"report/1","findings":[${parts.join()}],"provenance":{"tool":"late"}}`,
    file: JSON.stringify({ weir: 'report/1', findings: [FINDING] }),
  },
  { format: 'weir-ndjson', part: FINDING, join: lines, file: `${JSON.stringify(FINDING)}\n${JSON.stringify(FINDING)}` },
  { format: 'sarif', part: RESULT, join: sarif, file: sarif([JSON.stringify(RESULT)]) },
  { format: 'osv', part: OSV, join: lines, file: JSON.stringify(OSV) },
  { format: 'ghsa', part: GHSA, join: lines, file: JSON.stringify(GHSA) },
  { format: 'cve', part: CVE, join: lines, file: JSON.stringify(CVE) },
  { format: 'crash-log', part: TRACE, join: lines, file: TRACE },
]

const SPOILS: readonly ((random: Random) => unknown)[] = [
  () => null,
  () => true,
  () => -1,
  () => 1e308,
  () => 0.1,
  () => '',
  () => [],
  () => ({}),
  () => [[[]]],
  () => 'x'.repeat(70_000),
  () => '\u0000\u001b[2J\u202e',
  () => '\ud800',
  () => '../../../../etc/passwd',
  () => 'CVSS:4.0/AV:N',
  () => '__proto__',
  () => JSON.parse('{"__proto__":{"polluted":1},"constructor":1}'),
  () => JSON.parse(`${'['.repeat(80)}1${']'.repeat(80)}`),
  () => 'pkg:npm/%ff%00@',
  () => Number.MAX_SAFE_INTEGER,
  (random) => Array.from({ length: Math.floor(random() * 300) }, (_, n) => n),
  () => '(((((((((((a+)+)+)+)+)+)+)+)+)+)+',
  () => `${'<'.repeat(3000)}a${'>'.repeat(3000)}`,
  () => 'operator()<::<::<(anonymous namespace)::',
]

/** One upload of `count` mutated documents; now and then the whole file's bytes are damaged as well. */
export function mutatedFile(seed: FormatSeed, count: number, random: Random): Buffer {
  const parts = Array.from({ length: count }, () => {
    const text =
      typeof seed.part === 'string'
        ? seed.part
        : JSON.stringify(spoil(structuredClone(seed.part), random, 1 + Math.floor(random() * 3)))
    // Where all documents stand in one, broken bytes would end the reading: mostly values are spoiled there.
    return random() < (seed.join === lines ? 0.35 : 0.01) || typeof seed.part === 'string'
      ? damage(Buffer.from(text), random).toString('latin1')
      : Buffer.from(text).toString('latin1')
  })
  const file = Buffer.from(seed.join(parts), 'latin1')
  return random() < 0.1 ? damage(file, random) : file
}

/** Replaces values at random places by hostile ones. */
function spoil(value: unknown, random: Random, times: number): unknown {
  for (let n = 0; n < times; n++) {
    const places: { holder: Record<string, unknown>; name: string }[] = []
    const walk = (inner: unknown) => {
      if (typeof inner !== 'object' || inner === null) return
      for (const name of Object.keys(inner)) {
        places.push({ holder: inner as Record<string, unknown>, name })
        walk((inner as Record<string, unknown>)[name])
      }
    }
    walk(value)
    const place = places[Math.floor(random() * places.length)]
    if (place === undefined) return value
    place.holder[place.name] = SPOILS[Math.floor(random() * SPOILS.length)]!(random)
  }
  return value
}

const BITS = [
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  '\\',
  '\\u0000',
  '\n',
  '\r',
  '\t',
  ' ',
  '<',
  '#',
  '==',
  ' in ',
  '0x',
  '1e9',
  'null',
  '\0',
  '\xff',
]

/** Cuts, doubles, overwrites and inserts at random places. */
function damage(bytes: Buffer, random: Random): Buffer {
  let out = bytes
  for (let n = Math.ceil(random() * 4); n > 0; n--) {
    const at = Math.floor(random() * out.length)
    const to = Math.min(out.length, at + Math.ceil(random() ** 3 * 200))
    const bit = Buffer.from(BITS[Math.floor(random() * BITS.length)]!, 'latin1')
    const kind = Math.floor(random() * 4)
    const middle =
      kind === 0
        ? []
        : kind === 1
          ? [out.subarray(at, to), out.subarray(at, to)]
          : kind === 2
            ? [bit]
            : [bit, out.subarray(at, to)]
    out = Buffer.concat([out.subarray(0, at), ...middle, out.subarray(to)])
  }
  return out
}

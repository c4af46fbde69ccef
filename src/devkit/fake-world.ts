import type {
  FindingColumn,
  FlawNeed,
  FlawPage,
  FlawRow,
  JudgementOut,
  PriorityOut,
  SuggestionOut,
} from '../contract/shapes/flaw.ts'

// Invented flaws for pages that are tried without a server. Some carry what a hostile report would.

export const NOW = Date.UTC(2026, 10, 19, 14, 20)
const HOUR = 3_600_000

const at = (hoursAgo: number): string => new Date(NOW - hoursAgo * HOUR).toISOString()

/** Markup, direction overrides, terminal escapes, joiners: shown inert or the page is wrong. */
export const HOSTILE =
  '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script> \u202Egnp.exe\u202C \u001b[31mred\u001b[0m zero\u200Bwidth [link](javascript:alert(1)) https://attacker.example/x'

const TITLES: readonly (readonly [string, string, FlawNeed, PriorityOut['outcome'] | null, string, number, number])[] = [
  [
    'Heap overflow when a sparse header is followed by a long link name',
    'pkg:generic/libquarry@3.8.1',
    'decide',
    'immediate',
    'Another flaw may be the same one. Say which.',
    3,
    3,
  ],
  [
    'Length of a sparse map is not checked before it is copied',
    'pkg:generic/libquarry@3.8.1',
    'decide',
    'out-of-cycle',
    'Another flaw may be the same one. Say which.',
    1,
    1,
  ],
  [
    'Unbounded recursion in nested multipart boundaries',
    'pkg:npm/@brackwater/experimental-streaming-multipart-form-data-parser-node-compat@4.12.0-rc.3',
    'triage',
    'out-of-cycle',
    'Nobody has judged it yet.',
    11,
    4,
  ],
  [
    'Path escape in backup restore with a trailing dot',
    'pkg:pypi/tidepool-archive@2.2.0',
    'triage',
    'scheduled',
    'Nobody has judged it yet.',
    3,
    2,
  ],
  [
    'Certificate name check skipped on resumed sessions',
    'pkg:maven/org.opensluice.gateway.transport.internal/opensluice-transport-quic-native-linux-x86_64@7.0.2',
    'triage',
    'out-of-cycle',
    'Nobody has judged it yet.',
    4,
    4,
  ],
  [
    'Log line injection through the user agent',
    'pkg:golang/example.org/gannet/httpd@v1.19.3',
    'triage',
    'scheduled',
    'Nobody has judged it yet.',
    7,
    2,
  ],
  [
    'Use after free on half-closed streams',
    'pkg:cargo/marram-stream@0.31.7',
    'triage',
    'immediate',
    'Nobody has judged it yet.',
    2,
    2,
  ],
  [HOSTILE, 'pkg:npm/evil\u202Eelgnat@1.0.0', 'triage', 'defer', 'Nobody has judged it yet.', 1, 1],
  ['Integer wrap in tile size', '', 'target', null, 'Its finder has not said what it is in.', 1, 1],
  [
    'Session token read back through the status frame',
    'pkg:generic/brackwater-mq@5.0.4',
    'nothing',
    'immediate',
    'Nothing from you now.',
    2,
    2,
  ],
]

export function flawRow(n: number): FlawRow {
  const [title, target, need, outcome, needSays, findings, finders] = TITLES[n % TITLES.length]!
  const round = Math.floor(n / TITLES.length)
  const priority =
    outcome === null ? null : { outcome, table: 'ssvc:DT_SP:1.0.0', assumed: n % 2 ? ['ssvc:E:1.1.0', 'ssvc:PSI:2.0.1'] : [] }
  return {
    id: idOf('flw', n),
    version: 4,
    title: round === 0 ? title : `${title.slice(0, 200)} (${round})`,
    target: target === '' ? null : target,
    need,
    needSays,
    priority,
    severity:
      n % 4 === 3
        ? null
        : {
            kind: 'cvss-3.1',
            value: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
            score: 9.8 - (n % 5),
            word: n % 5 > 2 ? 'Medium' : 'Critical',
            by: 'finder',
            voice: 'finder',
          },
    weakness: n % 3 === 2 ? null : 'CWE-787',
    findings,
    finders,
    proof: 'not-run',
    firstAt: at(600 - n),
    lastAt: at(20 + n),
    state: 'open',
  }
}

export function idOf(prefix: string, n: number): string {
  return `${prefix}_${String(n).padStart(24, '0')}`
}

const FINDERS = ['Halyard Labs', 'Tern Security', 'CRS Kittiwake', 'Lund & Avery']
const FRAMES = ['qr_link_copy', 'qr_entry_extract', 'qr_next']

export function finding(flaw: number, n: number): FindingColumn {
  const hostile = TITLES[flaw % TITLES.length]![0] === HOSTILE
  const log = `==7==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x602000000\n    #0 0x4c1 in ${FRAMES[0]} src/link.c:212\n${hostile ? HOSTILE : ''}`
  return {
    id: idOf('fnd', flaw * 20 + n),
    letter: String.fromCharCode(65 + n),
    finder: { id: idOf('org', n), name: FINDERS[n % 4]! },
    receipt: idOf('rcp', flaw * 20 + n),
    receivedAt: at(580 - n * 70),
    foundBy: ['Corvid-4, read by a person', 'Person', 'Fuzzer and model, no person read it', ''][n % 4]!,
    title: TITLES[flaw % TITLES.length]![0],
    text: hostile
      ? HOSTILE.repeat(3)
      : 'Listing a crafted archive writes up to 900 bytes past a 256-byte buffer.\n\nSteps:\n1. build with ASan\n2. list the file',
    target: TITLES[flaw % TITLES.length]![1] || null,
    version: '3.8.1',
    weaknesses: n === 2 ? ['CWE-122'] : ['CWE-787'],
    rule: null,
    crash: 'heap-buffer-overflow, write of 8',
    frames: (flaw === 1 ? ['qr_sparse_len', ...FRAMES.slice(1)] : FRAMES).map((symbol) => ({
      symbol,
      path: 'src/link.c',
      line: 212,
    })),
    path: 'src/link.c',
    line: flaw === 1 ? 88 : 212,
    symbol: flaw === 1 ? 'qr_sparse_len' : FRAMES[0]!,
    severities: [
      {
        kind: 'cvss-3.1',
        value: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
        score: n === 1 ? 8.1 : 9.8,
        word: n === 1 ? 'High' : 'Critical',
        by: FINDERS[n % 4]!,
        voice: 'finder',
      },
    ],
    aliases: n === 0 ? ['CVE-2026-40999'] : [],
    references: n === 0 ? ['https://attacker.example/<b>'] : [],
    evidence: [{ kind: 'crash-log', name: 'asan.log', mediaType: 'text/plain', bytes: log.length, text: log }],
    joined: {
      at: at(570 - n * 70),
      say:
        n === 0
          ? 'First finding of this flaw'
          : n === 1
            ? 'Exact: three frames and file are equal'
            : 'Frames 3 of 3, same file, weakness is a child',
      algorithm: 'fingerprint-1',
      score: n === 0 ? 1 : n === 1 ? 1 : 0.993,
    },
    released: false,
  }
}

export function suggestion(to: FlawRow): SuggestionOut {
  const reasons = [
    { say: 'Two of three frames are the same, in the same order', weight: 0.52 },
    { say: 'The same file', weight: 0.41 },
    { say: 'Another function at the top', weight: -0.07 },
  ]
  return { id: idOf('sgn', 1), other: to, score: 0.86, algorithm: 'score-1', reasons, state: 'open', raisedAt: at(46) }
}

export function judgements(): JudgementOut[] {
  const judged = (
    table: string,
    title: string,
    outcome: string,
    inputs: readonly (readonly [string, string, boolean])[],
  ): JudgementOut => ({
    table,
    title,
    outcome,
    at: at(40),
    by: 'First cut, nobody judged yet',
    inputs: inputs.map(([point, value, assumed]) => ({ point, value, by: 'finder', assumed })),
  })
  return [
    judged('ssvc:DT_SP:1.0.0', 'Supplier Patch Development Priority', 'Immediate', [
      ['Exploitation', 'Public PoC', false],
      ['Utility', 'Efficient', true],
      ['Technical Impact', 'Total', false],
      ['Public Safety Impact', 'Minimal', true],
    ]),
    judged('x_alt.weir#clearinghouse:DT_COORD_TRIAGE:1.0.0', 'Coordinator Triage, clearinghouse', 'Coordinate', [
      ['Report Public', 'No', false],
      ['Report Credibility', 'Credible', true],
    ]),
    judged('ssvc:DT_COORD_TRIAGE:1.0.0', 'Coordinator Triage', 'Decline', [
      ['Report Public', 'No', false],
      ['Supplier Contacted', 'No', true],
    ]),
  ]
}

/** Every flaw with its page; the first two are asked about. */
export function world(size: number): Map<string, FlawPage> {
  const rows = Array.from({ length: size }, (_, n) => flawRow(n))
  return new Map(
    rows.map((row, n) => [
      row.id,
      {
        row,
        mergedInto: null,
        findings: Array.from({ length: Math.min(row.findings, 8) }, (_, k) => finding(n, k)),
        moreFindings: Math.max(0, row.findings - 8),
        suggestions: n === 0 ? [suggestion(rows[1]!)] : n === 1 ? [{ ...suggestion(rows[0]!), id: idOf('sgn', 1) }] : [],
        judgements: judgements(),
        history: [
          { version: 2, at: at(500), who: 'Weir', say: '2 more put here by their fingerprints', undoable: false },
          { version: 1, at: at(580), who: 'Weir', say: 'Opened', undoable: false },
        ],
      },
    ]),
  )
}

/** One finding of the demo's cases; `days`: how many ago it was sent. */
export interface ScriptedFinding {
  readonly key: string
  readonly finder: 'halyard' | 'tern' | 'kittiwake'
  readonly days: number
  readonly purl: string
  readonly version: string
  readonly title: string
  readonly text: string
  readonly path: string
  readonly symbol: string
  readonly weakness: string
  readonly vector: string
  /** Comes with a reproducer; with a patch. */
  readonly proof: boolean
  readonly patch: boolean
}

const HIGH = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'
const MIDDLE = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:L/I:L/A:H'
const LOW = 'CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:U/C:N/I:L/A:L'

const skerry = { purl: 'pkg:generic/skerry-decode', version: '4.2.0' }
const quarry = { purl: 'pkg:generic/libquarry', version: '3.8.1' }

/** The flaws that many vendors ship. */
export const ROOM: readonly ScriptedFinding[] = [
  {
    ...skerry,
    key: 'demo-room-1',
    finder: 'halyard',
    days: 36,
    title: 'Heap buffer overflow in tile dimensions of skerry-decode',
    text: 'A tile whose width times height wraps in 32 bits is allocated too small and then written whole. Any image that a stranger sends reaches it.',
    path: 'src/tile/plane.c',
    symbol: 'plane_reserve',
    weakness: 'CWE-190',
    vector: HIGH,
    proof: true,
    patch: true,
  },
  {
    ...skerry,
    key: 'demo-room-2',
    finder: 'tern',
    days: 35,
    title: 'Use after free when a colour profile is replaced half-way',
    text: 'The second profile of a file frees the first while the row callback still holds it.',
    path: 'src/colour/profile.c',
    symbol: 'profile_swap',
    weakness: 'CWE-416',
    vector: HIGH,
    proof: true,
    patch: false,
  },
]

/** The flaw whose advisory is out. */
export const TOLD: ScriptedFinding = {
  purl: 'pkg:npm/tidegate',
  version: '2.3.0',
  key: 'demo-told-1',
  finder: 'halyard',
  days: 24,
  title: 'Path traversal in the archive route of tidegate',
  text: 'A name with encoded separators leaves the served folder: the route decodes twice and checks once.',
  path: 'lib/archive.js',
  symbol: 'serveArchive',
  weakness: 'CWE-22',
  vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N',
  proof: true,
  patch: true,
}

type Line = readonly [title: string, path: string, symbol: string, weakness: string, vector: string, text: string]

const QUARRY_LINES: readonly Line[] = [
  [
    'Stack overflow in nested stratum headers',
    'src/stratum.c',
    'stratum_enter',
    'CWE-674',
    HIGH,
    'Headers may nest without a limit; 40 KB of them end the process.',
  ],
  [
    'Out-of-bounds write in the run-length reader',
    'src/rle.c',
    'rle_expand',
    'CWE-787',
    HIGH,
    'The last run of a row is not held against the end of the row.',
  ],
  [
    'Double free when a vein table is read twice',
    'src/vein.c',
    'vein_release',
    'CWE-415',
    HIGH,
    'An error after the first table frees it and leaves the pointer.',
  ],
  [
    'Integer underflow in chunk lengths',
    'src/chunk.c',
    'chunk_next',
    'CWE-191',
    MIDDLE,
    'A length below the size of its own header wraps.',
  ],
  [
    'Uninitialised memory in thumbnails',
    'src/thumb.c',
    'thumb_make',
    'CWE-457',
    MIDDLE,
    'Rows past the last one are sent as they were allocated.',
  ],
  [
    'Null pointer where a palette is missing',
    'src/palette.c',
    'palette_find',
    'CWE-476',
    MIDDLE,
    'An indexed image without a palette ends the process.',
  ],
  [
    'Endless loop in progressive scans',
    'src/scan.c',
    'scan_refine',
    'CWE-835',
    MIDDLE,
    'A scan of zero coefficients is refined for ever.',
  ],
  [
    'Memory grows without limit by comments',
    'src/comment.c',
    'comment_add',
    'CWE-770',
    MIDDLE,
    'Every comment is kept; a 2 MB file holds 9 GB of them.',
  ],
  [
    'Type confusion between mask and image handles',
    'src/handle.c',
    'handle_get',
    'CWE-843',
    HIGH,
    'A mask id is taken where an image is meant.',
  ],
  [
    'Off by one in the gamma table',
    'src/gamma.c',
    'gamma_build',
    'CWE-193',
    LOW,
    'One entry past the end is read; its value is used for the brightest pixels only.',
  ],
  [
    'Race between two writers of one cache entry',
    'src/cache.c',
    'cache_put',
    'CWE-362',
    LOW,
    'Two threads that decode the same file may free one entry twice.',
  ],
  [
    'Format string in a warning',
    'src/warn.c',
    'warn_name',
    'CWE-134',
    MIDDLE,
    'The name of a layer is given to the printer as its format.',
  ],
  [
    'Division by zero in scaled previews',
    'src/preview.c',
    'preview_scale',
    'CWE-369',
    LOW,
    'A preview of height zero ends the process.',
  ],
]

/** Thirteen flaws of one project that takes two at a time. */
export const QUARRY: readonly ScriptedFinding[] = QUARRY_LINES.map(([title, path, symbol, weakness, vector, text], n) => ({
  ...quarry,
  key: `demo-quarry-${n + 1}`,
  finder: (['kittiwake', 'halyard', 'tern'] as const)[n % 3]!,
  days: 20 - n,
  title: `${title} of libquarry`,
  text,
  path,
  symbol,
  weakness,
  vector,
  proof: true,
  patch: n % 4 === 0,
}))

/** A flaw in a package that nobody maintains. */
export const LEFT: ScriptedFinding = {
  purl: 'pkg:npm/old-lantern',
  version: '0.9.4',
  key: 'demo-left-1',
  finder: 'kittiwake',
  days: 9,
  title: 'Prototype pollution in the options of old-lantern',
  text: 'Keys of a parsed query are merged into the defaults without a look at their names.',
  path: 'index.js',
  symbol: 'merge',
  weakness: 'CWE-1321',
  vector: MIDDLE,
  proof: false,
  patch: false,
}

export const FINDINGS: readonly ScriptedFinding[] = [...ROOM, TOLD, ...QUARRY, LEFT]

export const PATCH =
  '--- a/src/tile/plane.c\n+++ b/src/tile/plane.c\n@@ -41,1 +41,2 @@\n-  size_t n = w * h;\n+  size_t n;\n+  if (__builtin_mul_overflow(w, h, &n)) return NULL;\n'

/** What is said in the room: who, how many days ago. */
export const TALK: readonly (readonly ['maintainer' | 'coordinator' | 'finder', number, string])[] = [
  [
    'maintainer',
    27,
    'Both are real. The first is in every release since 3.0; we test a patch on the four branches that we keep.',
  ],
  [
    'coordinator',
    21,
    'Seventeen vendors ship the decoder in a product of their own and were asked in. Please say by the end of the week where you stand.',
  ],
  ['finder', 13, 'The patch for the tile stops our reproducer and 2,000 variants of it. The profile still fires.'],
  [
    'maintainer',
    2,
    'The second fix breaks a file format that two vendors still write. We ask for three more weeks and say why in the proposal.',
  ],
]
export const REVISION_WHY =
  'The second fix changes a format that two vendors still write; they need a release of their own first.'

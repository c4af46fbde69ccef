/** How much of a hostile log is read. Each is a bound of memory or of work; what exceeds one is told as a finding. */
export interface ImportLimits {
  /** Bytes asked for at once. */
  readonly askBytes: number
  /** Compressed bytes handed to a decompressor at once; deflate makes at most 1032 times as much of them. */
  readonly pushBytes: number
  /** Entries of the archive's directory, and the bytes of that directory. */
  readonly members: number
  readonly directoryBytes: number
  /** Bytes that all members may come to, whatever the ratio. */
  readonly inflatedBytes: number
  /** Below this no ratio is asked after. */
  readonly inflatedFree: number
  /** Times the size of the file that all members together may come to. */
  readonly inflatedRatio: number
  /** The largest window of a zstd frame; its decoder keeps that much. */
  readonly zstdWindow: number
  readonly samples: number
  /** Bytes of one top-level value of a header, such as `eval` or `results`. */
  readonly headerBytes: number
  /** Bytes of one value kept of a sample. */
  readonly valueBytes: number
  /** Bytes of scores kept of all samples together, each counted with what it costs. */
  readonly scores: number
  /** The same of detail: metadata, edits, kinds of events, messages of errors. */
  readonly detail: number
  readonly depth: number
  /** Findings told one by one; further ones are counted. */
  readonly findings: number
  /** Of one transcript: items on a page, bytes of one item, bytes of a page. */
  readonly pageItems: number
  readonly itemBytes: number
  readonly pageBytes: number
}

const MiB = 1 << 20

export const IMPORT_LIMITS: ImportLimits = {
  askBytes: 256 * 1024,
  pushBytes: 16 * 1024,
  members: 262_144,
  directoryBytes: 64 * MiB,
  inflatedBytes: 8 * 1024 * MiB,
  inflatedFree: 512 * MiB,
  inflatedRatio: 250,
  zstdWindow: 32 * MiB,
  samples: 100_000,
  headerBytes: 8 * MiB,
  valueBytes: 64 * 1024,
  scores: 64 * MiB,
  detail: 64 * MiB,
  depth: 512,
  findings: 200,
  pageItems: 200,
  itemBytes: 4 * MiB,
  pageBytes: 32 * MiB,
}

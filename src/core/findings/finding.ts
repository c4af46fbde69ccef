// The plain (unsealed) shape of what one finder claims. It exists in memory only; at rest it is sealed.

/** One claimed flaw as one finder sent it, normalised. Text is hostile: it is shown inert and never interpreted. */
export interface Finding {
  /** At most 300 characters, one line. Made from the first line of the text where the sender gave none. */
  readonly title: string
  readonly text: string
  readonly target: Target | null
  /** The place of the flaw first, then places on the way to it. */
  readonly locations: readonly Location[]
  /** CWE ids as stated, for example `CWE-787`, the most specific first. */
  readonly weaknesses: readonly string[]
  /** Crash or trace, innermost frame first, as parsed (runtime frames not yet stripped). */
  readonly stack: readonly Frame[]
  readonly crash: Crash | null
  readonly severities: readonly SeverityClaim[]
  /** CVE, GHSA, OSV and other public names of the same flaw. */
  readonly aliases: readonly string[]
  readonly references: readonly string[]
  readonly evidence: readonly Evidence[]
  readonly provenance: Provenance
  /** The tool's rule, for example `cpp/unbounded-write`. */
  readonly rule: string | null
  /** Fingerprints the tool itself computed, as `name/version → value` (SARIF fingerprints and partialFingerprints). */
  readonly toolFingerprints: Readonly<Record<string, string>>
  /** Fields the format does not define, kept as they came. */
  readonly extra: Readonly<Record<string, unknown>>
}

/** What the flaw is in. At least one of `purl` and `repository` is set. */
export interface Target {
  /** Canonical purl with the version cut off, for example `pkg:npm/%40scope/name`. */
  readonly purl: string | null
  readonly repository: string | null
  /** Version, range or commit as stated, free text. */
  readonly version: string | null
}

export interface Location {
  /** Path inside the target, `/` separated, as stated (normalised later). */
  readonly path: string | null
  /** 1-based; null where not stated. */
  readonly line: number | null
  readonly column: number | null
  readonly symbol: string | null
  readonly snippet: string | null
}

export interface Frame {
  /** Function as printed, still with arguments and templates. */
  readonly symbol: string | null
  readonly path: string | null
  readonly line: number | null
  readonly column: number | null
  readonly module: string | null
}

export interface Crash {
  readonly tool: CrashTool
  /** For example `heap-buffer-overflow`, `SEGV`, `data race`, `panic`, `uncaught exception`. */
  readonly kind: string
  /** READ/WRITE of n bytes where the log says so. */
  readonly access: 'read' | 'write' | null
  readonly size: number | null
  readonly address: string | null
  readonly signal: string | null
}

export const CRASH_TOOLS = [
  'asan',
  'ubsan',
  'msan',
  'lsan',
  'tsan',
  'libfuzzer',
  'afl',
  'java',
  'jazzer',
  'go-race',
  'go-panic',
  'python',
  'other',
] as const
export type CrashTool = (typeof CRASH_TOOLS)[number]

export interface SeverityClaim {
  readonly kind: 'cvss-2' | 'cvss-3.0' | 'cvss-3.1' | 'cvss-4.0' | 'word' | 'number'
  /** The vector, the word as stated, or the number as text. */
  readonly value: string
  /** Who said so: tool, sender or organisation, as stated. */
  readonly by: string | null
}

export interface Evidence {
  readonly kind: 'reproducer' | 'crash-log' | 'patch' | 'test' | 'trace' | 'other'
  readonly name: string
  readonly mediaType: string
  /** UTF-8 text, or base64 of bytes, as `encoding` says. */
  readonly content: string
  readonly encoding: 'utf8' | 'base64'
}

export interface Provenance {
  readonly tool: string | null
  readonly toolVersion: string | null
  readonly model: string | null
  readonly modelVersion: string | null
  /** null: not stated. Never guessed. */
  readonly humanValidated: boolean | null
  readonly aiAssisted: boolean | null
}

import type { Finding } from './finding.ts'
import { type NormalFrame, projectFrames } from './frames/project-frames.ts'
import { normalisePath } from './frames/source-path.ts'
import { normaliseSymbol } from './frames/symbol.ts'
import { normaliseAliases } from './normal/aliases.ts'
import { type CrashFamily, crashFamily } from './normal/crash-family.ts'
import { identifiersIn } from './normal/identifiers.ts'
import { snippetHash } from './normal/line-hash.ts'
import { sketchOf } from './normal/sketch.ts'
import { targetKey } from './normal/target-key.ts'
import { flattened, tellingWords, wordsOf } from './normal/words.ts'
import { type WeaknessFamily, weaknessFamily } from './weakness/weakness-family.ts'

/** A finding reduced to what two reports of one flaw share. Plain text of undisclosed work: in memory only, or sealed. */
export interface NormalForm {
  /** See `targetKey`; null where the finding names no target. */
  readonly target: string | null
  readonly version: string | null
  readonly path: string | null
  readonly symbol: string | null
  readonly line: number | null
  /** `gh:` and GitHub's hash with its count, or `sn:` and the hash of the snippet alone: the two are never equal. */
  readonly lineHash: string | null
  readonly tool: string | null
  readonly rule: string | null
  /** `CWE-n`, as stated, at most 8. */
  readonly weaknesses: readonly string[]
  readonly family: WeaknessFamily | null
  readonly crash: CrashFamily | null
  /** The kind as printed, where the family alone is too coarse (exceptions, failed checks). */
  readonly crashKind: string | null
  /** At most 5 frames of the program itself, innermost first. */
  readonly frames: readonly NormalFrame[]
  readonly aliases: readonly string[]
  readonly titleWords: readonly string[]
  readonly words: readonly string[]
  readonly identifiers: readonly string[]
  readonly sketch: readonly number[]
  /** The description without case and punctuation; `''` where there is none. */
  readonly prose: string
}

const FRAMES = 5
const WORDS = 64
const IDENTIFIERS = 24

/** The normal form of a finding; total on whatever was parsed, linear in its length. */
export function normalForm(finding: Finding): NormalForm {
  const frames = projectFrames(finding.stack).slice(0, FRAMES)
  const place = finding.locations[0] ?? null
  const weaknesses = finding.weaknesses.slice(0, 8).map((cwe) => cwe.slice(0, 16).toUpperCase())
  // A crash log's text is mostly addresses and frames, which are compared as such.
  const text = finding.text.length > 0 && finding.crash === null ? finding.text : finding.title
  const words = wordsOf(text)
  const titleWords = tellingWords(wordsOf(finding.title), 16)
  return {
    target: targetKey(finding.target),
    version: finding.target?.version?.slice(0, 100) ?? null,
    path: pathOf(place?.path ?? null) ?? frames[0]?.path ?? null,
    symbol: symbolOf(place?.symbol ?? null) ?? frames[0]?.symbol ?? null,
    line: place?.line ?? frames[0]?.line ?? null,
    lineHash: lineHashOf(finding),
    tool: finding.provenance.tool?.slice(0, 100).toLowerCase() ?? null,
    rule: finding.rule?.slice(0, 200) ?? null,
    weaknesses,
    family: weaknesses.map(weaknessFamily).find((family) => family !== null) ?? null,
    crash: crashFamily(finding.crash),
    crashKind: finding.crash?.kind.slice(0, 120).toLowerCase() ?? null,
    frames,
    aliases: normaliseAliases(finding.aliases),
    titleWords,
    words: tellingWords(words, WORDS),
    identifiers: identifiersIn(text === finding.title ? text : `${finding.title}\n${text}`, IDENTIFIERS),
    sketch: finding.crash === null ? sketchOf(words) : [],
    prose: finding.crash === null ? flattened(text, words) : '',
  }
}

function pathOf(path: string | null): string | null {
  const normal = path === null ? '' : normalisePath(path)
  return normal === '' ? null : normal
}

function symbolOf(symbol: string | null): string | null {
  const normal = symbol === null ? '' : normaliseSymbol(symbol)
  return normal === '' ? null : normal
}

function lineHashOf(finding: Finding): string | null {
  for (const [name, value] of Object.entries(finding.toolFingerprints)) {
    if (name.startsWith('primaryLocationLineHash') && /^[0-9a-f]{1,16}:\d{1,6}$/.test(value)) return `gh:${value}`
  }
  const hash = snippetHash(finding.locations[0]?.snippet ?? null)
  return hash === null ? null : `sn:${hash}`
}

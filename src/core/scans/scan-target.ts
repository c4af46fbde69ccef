import { versionOrder } from '../kernel/version-order.ts'
import { no, type ScanRefusal } from './scan-refusal.ts'
import { nameTarget } from './target-name.ts'
import { readWeakness, type WeaknessClass, type WeaknessTree, writeWeakness } from './weakness-class.ts'

/** Which part of a history is meant, both ends included; an end that is null is open. */
export interface ScanRange {
  /** The ecosystem whose order the versions follow; null: commits. */
  readonly ecosystem: string | null
  readonly from: string | null
  readonly to: string | null
}

/** What somebody scans: one package or repository, perhaps less of it. Whatever is left open is meant whole. */
export interface ScanTarget {
  readonly name: string
  readonly range: ScanRange | null
  /** Names of folders and maybe a file, from the top. */
  readonly path: readonly string[]
  readonly weakness: WeaknessClass | null
}

/** A target as somebody writes it. */
export interface WrittenTarget {
  readonly target: string
  readonly from?: string | null
  readonly to?: string | null
  readonly path?: string | null
  readonly weakness?: string | null
}

export type ReadTarget =
  | { readonly ok: true; readonly target: ScanTarget }
  | { readonly ok: false; readonly code: ScanRefusal; readonly say: string }

const PATH_LONGEST = 1024
const DEEPEST = 64
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/
const VERSION_LONGEST = 128
const COMMIT = /^[0-9a-f]{7,64}$/

/** Reads a hostile target: everything is bounded, read in linear time, and refused with a code where it is not one. */
export function readTarget(written: WrittenTarget, tree: WeaknessTree): ReadTarget {
  const named = nameTarget(written.target)
  if (!named.ok) return no(named.code)
  const { name, ecosystem, version, within } = named.target
  const [inside, below] = [readPath(within.join('/')), readPath(written.path ?? '')]
  const path = inside === null || below === null ? null : [...inside, ...below]
  if (path === null || path.length > DEEPEST) return no('target.path-malformed')
  const weakness = written.weakness ? readWeakness(written.weakness, tree) : null
  if (written.weakness && weakness === null) return no('target.weakness-unknown')
  const range = readRange(ecosystem, version, written.from || null, written.to || null)
  if (range === undefined) return no('target.range-malformed')
  return { ok: true, target: { name, range, path, weakness } }
}

/** The names in a path prefix; null where it is none. */
function readPath(text: string): readonly string[] | null {
  if (text.length > PATH_LONGEST || CONTROL.test(text) || !text.isWellFormed()) return null
  const parts = text.replaceAll('\\', '/').split('/')
  const names = parts.filter((part) => part !== '' && part !== '.')
  return names.includes('..') ? null : names
}

/** Undefined: malformed. */
function readRange(
  ecosystem: string | null,
  version: string | null,
  from: string | null,
  to: string | null,
): ScanRange | null | undefined {
  if (version !== null) return from === null && to === null ? { ecosystem, from: version, to: version } : undefined
  if (from === null && to === null) return null
  const ends = [from, to].filter((end) => end !== null)
  // A purl of a forge names a repository, and so do commit ids beside it.
  if (ends.every((end) => COMMIT.test(end)) && (ecosystem === null || ecosystem === 'github' || ecosystem === 'bitbucket')) {
    return { ecosystem: null, from, to }
  }
  if (ecosystem === null || ends.some((end) => end.length > VERSION_LONGEST || CONTROL.test(end))) return undefined
  const newerFirst = from !== null && to !== null && versionOrder(ecosystem)?.compare(from, to) === 1
  return newerFirst ? undefined : { ecosystem, from, to }
}

/** A target with its parts as people write them. */
export function writeTarget({ name, range, path, weakness }: ScanTarget): Required<WrittenTarget> {
  return {
    target: name,
    from: range?.from ?? null,
    to: range?.to ?? null,
    path: path.length === 0 ? null : path.join('/'),
    weakness: weakness === null ? null : writeWeakness(weakness),
  }
}

/** One text for a place in a package, whichever versions of it: equal texts are one place. Names hold no line breaks. */
export function placeText({ name, path, weakness }: ScanTarget): string {
  return [name, path.join('/'), weakness === null ? '' : writeWeakness(weakness)].join('\n')
}

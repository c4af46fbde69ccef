import type { Asking } from '../ask.ts'
import { confine, stripOf } from '../diff/confine.ts'
import type { DiffRefusal, FileChange } from '../diff/file-change.ts'
import { parseDiff } from '../diff/parse-diff.ts'
import { renderDiff } from '../diff/render-diff.ts'
import type { PatchGround } from '../validate-ground.ts'
import { treeFiles } from './tree-files.ts'

export type ReadPatch =
  | {
      readonly ok: true
      readonly files: readonly FileChange[]
      /** The patch written anew from what was read: this is what is applied. */
      readonly bytes: Uint8Array
    }
  | DiffRefusal

/** Reads a patch and confines its paths; where they do not say how many folders to strip, the base tree is asked. */
export function* readPatch(ground: PatchGround, bytes: Uint8Array): Asking<ReadPatch> {
  const diff = parseDiff(bytes)
  if (!diff.ok) return diff
  const strip = stripOf(diff.files) ?? (yield* stripByTree(ground, diff.files))
  const confined = confine(diff.files, strip)
  return confined.ok ? { ...confined, bytes: renderDiff(confined.files) } : confined
}

function* stripByTree(ground: PatchGround, files: readonly FileChange[]): Asking<0 | 1> {
  const [plain, stripped] = [confine(files, 0), confine(files, 1)]
  // Told apart by the first files that must be there; one that neither side finds is refused when it is applied.
  const paths = (read: typeof plain) => (read.ok ? read.files.flatMap(({ from }) => from ?? []).slice(0, 8) : [])
  const found = yield* treeFiles(ground, ground.base, [...paths(plain), ...paths(stripped)])
  return paths(stripped).filter((path) => found.has(path)).length > paths(plain).filter((path) => found.has(path)).length
    ? 1
    : 0
}

import type { Asking } from '../ask.ts'
import type { PatchedBuild } from '../build/build.ts'
import type { FileChange } from '../diff/file-change.ts'
import { benignLoads } from '../differential/benign-loads.ts'
import type { RungResult } from '../ladder.ts'
import type { Held } from '../patch/held.ts'
import { rungResult } from '../patch/standing.ts'
import { treeFiles } from '../patch/tree-files.ts'
import type { Load } from '../run/load.ts'
import type { PatchGround } from '../validate-ground.ts'
import { textOf } from '../variants/byte-text.ts'
import { type InputWords, inputLiteral } from './input-literal.ts'
import { removedCode } from './removed-code.ts'
import { type Finding, type TouchedFile, touchedFile } from './touched-file.ts'
import { unreachable } from './unreachable.ts'
import { weakened } from './weakened.ts'

const FILES_MOST = 200

/** What the changed lines say by themselves: features neutered, tests weakened, code cut off, this one input named. */
export function* touchedCode(
  ground: PatchGround,
  built: PatchedBuild,
  changes: readonly FileChange[],
  held: readonly Held[],
): Asking<RungResult> {
  const looked = changes.slice(0, FILES_MOST)
  const before = yield* treeFiles(
    ground,
    ground.base,
    looked.map(({ from }) => from ?? '.'),
  )
  const after = yield* treeFiles(
    ground,
    built,
    looked.map(({ to }) => to ?? '.'),
  )
  const text = (files: ReadonlyMap<string, Uint8Array>, path: string | null) =>
    textOf((path && files.get(path)) || new Uint8Array())
  const files = looked.map((change) => touchedFile(change, text(before, change.from), text(after, change.to)))
  const benign = yield* benignLoads(ground)
  const found = findingsOf(files, {
    reproducers: held.flatMap(({ load }) => bytesOf(load)),
    benign: benign.flatMap(({ load }) => bytesOf(load)),
    sha256: ground.tools.sha256,
  })
  const bad = found.filter(({ fails }) => fails)
  const notes = found.filter(({ fails }) => !fails).map(({ say }) => say)
  if (bad.length > 0)
    return rungResult('touched-code', 'failed', bad[0]!.say, [...bad.slice(1).map(({ say }) => say), ...notes])
  const lines = files.map(({ addedCode, removedCode: gone }) => addedCode.length + gone.length).reduce((sum, n) => sum + n, 0)
  const say = `${lines} lines of code in ${files.length} ${files.length === 1 ? 'file' : 'files'} were looked at; no feature, test or check is cut.`
  return rungResult('touched-code', 'passed', say, notes)
}

/** All findings of the checks, the clear ones and the notes. */
export function findingsOf(files: readonly TouchedFile[], inputs: InputWords): Finding[] {
  const each = files.flatMap((file) => [...unreachable(file), ...weakened(file)])
  const all = [...each, ...removedCode(files), ...inputLiteral(files, inputs)]
  return all.filter(({ say }, i) => all.findIndex((one) => one.say === say) === i)
}

function bytesOf(load: Load): readonly Uint8Array[] {
  return load.kind === 'file' ? [load.bytes] : load.requests
}

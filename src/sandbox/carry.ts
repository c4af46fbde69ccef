import { posix } from 'node:path'
import type { ExecSpec, TreeFacts } from '../core/sandbox/contract.ts'
import { TarSink } from './archive/tar-sink.ts'
import { writeTar } from './archive/tar-writer.ts'
import type { Box } from './box.ts'
import type { TreeStore } from './depot/store.ts'
import type { TreeDraft } from './depot/tree-draft.ts'
import { Refused } from './refused.ts'

// What is carried in and out of a sandbox goes through its own tar: what that says is hostile, and is read as such.

const ABSENT = 44
const within = (...argv: string[]): ExecSpec => ({ argv, env: {}, cwd: '/' })

/** Unpacks the archive in `file` below `at`; what tar complains of is told. */
export async function putInto(box: Box, at: string, file: string): Promise<void> {
  const spec = within('/bin/sh', '-c', 'mkdir -p -- "$1" && exec tar -x -p -f - -C "$1"', 'put', at)
  const { result, stderr } = await box.exec(spec, { stdin: file })
  if (result.end.how === 'ended' && result.end.exit === 0) return
  const said = Buffer.from(stderr).toString('utf8', 0, 300).trim()
  throw new Refused('sandbox.bad-archive', `the archive cannot be unpacked at ${at}: ${said || result.end.how}`)
}

/** Files the tree at `path` in the depot. */
export function keepFrom(box: Box, store: TreeStore, path: string, entry: string): Promise<TreeFacts> {
  const rules = { bytes: box.limits.resultBytes, files: box.limits.files, links: true, root: path }
  return store.make(entry, rules, async (draft) => {
    const there = await carry(box, KEEP, [path], draft)
    if (!there) throw new Refused('sandbox.failed', `there is no ${path} inside`)
  })
}

/**
 * The files and folders at `paths`, in an archive with names relative to `/`, written to a new file. Absent ones are named among what
 * was left out, or are a refusal where `strict`.
 */
export async function getFrom(
  box: Box,
  store: TreeStore,
  paths: readonly string[],
  strict: boolean,
): Promise<{ file: string; bytes: number; leftOut: readonly string[] }> {
  const rules = { bytes: box.limits.resultBytes, files: box.limits.files, links: false, root: '/' }
  return store.passing(
    rules,
    async (draft) => {
      for (const path of paths) {
        if (await carry(box, GET, [path], draft)) continue
        if (strict) throw new Refused('sandbox.failed', `there is no ${path} inside`)
        draft.leftOut.push(`${path}: it is not there`)
      }
    },
    async (draft) => {
      const file = store.scratch()
      return { file, bytes: await writeTar(draft.folder, draft.leaves, file), leftOut: draft.leftOut }
    },
  )
}

/** A folder's content, or a file under its own name. */
const KEEP = `if [ -d "$1" ]; then exec tar -c -f - -C "$1" .; fi; [ -e "$1" ] || exit ${ABSENT}; exec tar -c -f - -C "\${1%/*}/" "./\${1##*/}"`
const GET = `[ -e "$1" ] || [ -L "$1" ] || exit ${ABSENT}; exec tar -c -f - -C / ".$1"`

/** Reads one tar stream from inside into `draft`; false where the path is not there. */
async function carry(box: Box, script: string, paths: readonly string[], draft: TreeDraft): Promise<boolean> {
  const sink = new TarSink(draft)
  const { result, stderr } = await box.exec(within('/bin/sh', '-c', script, 'carry', ...paths), { stdin: null, stdout: sink })
  const { end } = result
  if (end.how !== 'ended')
    throw new Refused('sandbox.failed', `the sandbox ended while ${posix.basename(paths[0]!)} was carried out: ${end.how}`)
  if (end.exit === ABSENT) return false
  sink.finish()
  if (end.exit !== 0 && draft.leftOut.length < 100)
    draft.leftOut.push(`tar: ${Buffer.from(stderr).toString('utf8', 0, 200).trim()}`)
  return true
}

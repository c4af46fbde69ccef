import { closeSync, mkdtempSync, openSync, readSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EXIT, Stop } from '../exit.ts'
import { inert } from '../text/inert.ts'
import { runRunner } from '../validate/runner-process.ts'

export interface TargetSource {
  readonly kind: 'archive' | 'git-bundle'
  /** A file to send; of a folder, its archive, which is there only while it is used. */
  readonly file: string
}

/**
 * Hands over what a target's source is as one file. A folder is packed by the runner, the same bytes as `weir validate` makes of
 * it, so that a statement made on a server names the source as one made here does.
 */
export async function withSource<T>(
  path: string,
  state: string,
  signal: AbortSignal,
  use: (source: TargetSource) => Promise<T>,
): Promise<T> {
  const is = statSync(path, { throwIfNoEntry: false })
  if (is === undefined) throw new Stop(EXIT.badInput, `There is no ${inert(path)}.`)
  if (is.isFile()) return await use({ kind: isBundle(path) ? 'git-bundle' : 'archive', file: path })
  if (!is.isDirectory()) throw new Stop(EXIT.badInput, `${inert(path)} is neither a folder nor a file.`)
  const room = mkdtempSync(join(tmpdir(), 'weir-target-'))
  try {
    const file = join(room, 'source.tar')
    await runRunner(['local', '--state', state], { do: 'pack', folder: path, to: file }, () => {}, signal)
    return await use({ kind: 'archive', file })
  } finally {
    rmSync(room, { recursive: true, force: true })
  }
}

/** Whether a file is a git bundle, by its first line. */
function isBundle(path: string): boolean {
  const file = openSync(path, 'r')
  try {
    const head = Buffer.alloc(16)
    readSync(file, head)
    return /^# v[23] git bundle/.test(head.toString('latin1'))
  } finally {
    closeSync(file)
  }
}

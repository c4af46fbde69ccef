import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { ProofFile } from '../../contract/shapes/proof-file.ts'
import type { Target } from '../../core/validation/proof.ts'
import { Failure } from '../failure.ts'
import { PACK_LIMITS, packFolder } from '../tar/pack-folder.ts'
import type { InputShelf } from './input-shelf.ts'
import { placeOf } from './place.ts'

export interface Source {
  readonly source: Target['source']
  /** Folders of repositories that this proof brings itself, by name. */
  readonly mirrors: ReadonlyMap<string, string>
}

/**
 * The source that a proof file names: a mirror, a folder (with a revision and a `.git`: that repository; else as it stands,
 * packed), a git bundle, or an archive.
 */
export function readSource(proofFile: string, target: ProofFile['target'], shelf: InputShelf): Source {
  const none = new Map<string, string>()
  if (typeof target.source !== 'string') return { source: { kind: 'mirror', ...target.source }, mirrors: none }
  const at = `${proofFile}, target.source`
  const { path, name } = placeOf(proofFile, target.source, at)
  const revision = target.revision ?? null
  if (statSync(path).isDirectory()) {
    if (revision !== null && existsSync(join(path, '.git'))) {
      const mirror = basename(path)
      return { source: { kind: 'mirror', mirror, revision }, mirrors: new Map([[mirror, path]]) }
    }
    if (revision !== null)
      throw new Failure('proof.no-history', 'A revision is named, and the folder is no git repository.', { where: at })
    return { source: { kind: 'archive', input: shelf.add(name, path, () => packFolder(path).bytes) }, mirrors: none }
  }
  const input = shelf.addFile(name, path, PACK_LIMITS.bytes)
  if (!isBundle(path)) return { source: { kind: 'archive', input }, mirrors: none }
  return { source: { kind: 'git-bundle', input, revision: revision ?? 'HEAD' }, mirrors: none }
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

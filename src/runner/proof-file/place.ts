import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { Failure } from '../failure.ts'

/** Where a path of a proof file leads, and the name it is shown by: the same wherever the folder lies. */
export interface Place {
  readonly path: string
  readonly name: string
}

/**
 * Finds a path that a proof file names. A relative one is relative to the file and stays in its folder, through links too; an
 * absolute one is the person's own choice. Throws Failure with the field's place.
 */
export function placeOf(proofFile: string, given: string, at: string): Place {
  const folder = dirname(resolve(proofFile))
  if (given.includes('\0')) throw new Failure('proof.bad-path', 'A path has no zero byte in it.', { where: at })
  const path = isAbsolute(given) ? given : join(folder, given)
  if (!existsSync(path))
    throw new Failure('proof.no-file', `There is no ${shown(given)}.`, { where: at, mend: missing(folder, given) })
  if (isAbsolute(given)) return { path, name: basename(given) }
  const real = relative(realpathSync(folder), realpathSync(path))
  if (real === '..' || real.startsWith(`..${sep}`) || isAbsolute(real))
    throw new Failure('proof.outside', `${shown(given)} leads out of the folder of the proof file.`, {
      where: at,
      mend: 'Move it into the folder, or give its absolute path.',
    })
  return { path, name: relative(folder, path).split(sep).join('/') || '.' }
}

const shown = (text: string) => `"${text.replace(/[\x00-\x1f\x7f]/g, '?').slice(0, 200)}"`
const missing = (folder: string, given: string) =>
  isAbsolute(given) ? 'Give the path of a file that is there.' : `Paths are relative to ${folder}.`

import type { DiffRefusal, FileChange } from './file-change.ts'

const PATH_BYTES = 1024
const NAME_BYTES = 255
const DEPTH = 64
const PLAIN_MODE = /^100[0-7][0-7][0-7]$/

export type Confined = { readonly ok: true; readonly files: readonly FileChange[] } | DiffRefusal

/**
 * Takes `strip` leading folders off each path and refuses a patch that would reach outside the tree, into its git folder, or
 * make anything but plain files.
 */
export function confine(files: readonly FileChange[], strip: 0 | 1): Confined {
  const confined: FileChange[] = []
  for (const file of files) {
    const sides = { from: null as string | null, to: null as string | null }
    for (const side of ['from', 'to'] as const) {
      const given = file[side]
      if (given === null) continue
      // Looked at before anything is taken off: `/etc` must not become `etc`.
      const path = strip === 0 ? given : given.slice(given.indexOf('/') + 1)
      const wrong = given.startsWith('/') ? 'is absolute' : wrongWith(path)
      if (wrong) return refused(given, `The path ${wrong}.`, 'Make the patch in the root of the source tree, with `git diff`.')
      sides[side] = path
    }
    for (const mode of [file.oldMode, file.newMode]) {
      if (mode === null || PLAIN_MODE.test(mode)) continue
      const what = mode === '120000' ? 'is a symbolic link' : mode === '160000' ? 'is a submodule' : `has the mode ${mode}`
      return refused(sides.to ?? sides.from ?? '', `The file ${what}.`, 'Leave it out: only plain files can be changed.')
    }
    confined.push({ ...file, ...sides })
  }
  return { ok: true, files: confined }
}

function wrongWith(path: string): string | null {
  if (path === '' || path.length > PATH_BYTES) return 'is empty or too long'
  if (/[\x00-\x1f\x7f\\]/.test(path)) return 'holds a control character or a backslash'
  const names = path.split('/')
  if (names.length > DEPTH) return 'has too many folders'
  for (const name of names) {
    if (name === '') return 'has an empty part'
    if (name === '.' || name === '..') return `has the part \`${name}\``
    if (name.length > NAME_BYTES) return 'has a part that is too long'
    if (name.toLowerCase() === '.git') return 'leads into a git folder'
  }
  return null
}

function refused(where: string, say: string, mend: string): DiffRefusal {
  return { ok: false, where: where.slice(0, 200), say, mend }
}

/**
 * How many leading folders the paths carry that are not the tree's: 1 where both sides differ in their first folder only, as git
 * and `diff -r old new` write them; 0 where a path has no folder; null where only the tree itself can tell.
 */
export function stripOf(files: readonly FileChange[]): 0 | 1 | null {
  const paths = files.flatMap((file) => [file.from, file.to]).filter((path) => path !== null)
  if (paths.some((path) => !path.slice(1).includes('/'))) return 0
  if (paths.every((path) => /^[abciow]\//.test(path)) && files.every(marked)) return 1
  const differ = files.some((file) => file.from !== null && file.to !== null && head(file.from) !== head(file.to))
  return differ ? 1 : null
}

function marked({ from, to }: FileChange): boolean {
  return from === null || to === null ? /^[ab]\//.test(from ?? to ?? '') : head(from) !== head(to)
}

function head(path: string): string {
  return path.slice(0, path.indexOf('/'))
}

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { EXIT, Stop } from '../exit.ts'
import { HERE } from '../root.ts'
import { inert } from '../text/inert.ts'

/** What stands on the command line instead of in a proof file. */
export interface AdHoc {
  readonly target?: string
  readonly recipe?: string
  readonly reproducer?: string[]
  readonly harness?: string
  readonly patch?: string[]
  readonly benign?: string[]
}

/** Whether any of it was given. */
export function isAdHoc({ target, recipe, reproducer, harness, patch, benign }: AdHoc): boolean {
  return [target, recipe, reproducer, harness, patch, benign].some((one) => one !== undefined)
}

/**
 * Writes a proof file of these words into a temporary folder and calls `work` with it; the file is gone afterwards. Reproducers are
 * A, B, C…; every patch is held to fix all of them.
 */
export async function withAdHoc<T>(given: AdHoc, work: (proofFile: string) => Promise<T>): Promise<T> {
  const { target, recipe, reproducer = [], harness, patch = [], benign = [] } = given
  if (target === undefined || recipe === undefined || reproducer.length === 0)
    throw new Stop(
      EXIT.badInput,
      'Target, recipe and reproducer belong together.',
      'weir validate --target DIR --recipe FILE --reproducer FILE',
    )
  const path = (one: string) => resolve(HERE, one)
  const named = harness === undefined ? {} : { harness }
  const ids = reproducer.map((_, n) => idOf(n))
  const proof = {
    weir: 'proof/1',
    target: { name: basename(path(target)), source: path(target) },
    recipe: recipeOf(path(recipe)),
    reproducers: reproducer.map((file, n) => ({ id: ids[n], ...named, file: path(file) })),
    benign: benign.map((file) => ({ ...named, file: path(file) })),
    patches: patch.map((file, n) => ({ id: `${n + 1}-${idText(basename(file))}`, file: path(file), fixes: ids })),
  }
  const folder = mkdtempSync(join(tmpdir(), 'weir-proof-'))
  try {
    const file = join(folder, 'weir-proof.json')
    writeFileSync(file, JSON.stringify(proof))
    return await work(file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A, B … Z, R27, R28 … */
const idOf = (n: number) => (n < 26 ? String.fromCharCode(65 + n) : `R${n + 1}`)
const idText = (name: string) => name.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, 50)

/** A recipe's own path, or the recipe of a proof file. */
function recipeOf(path: string): unknown {
  try {
    const value = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown> | null
    if (value?.['weir'] === 'proof/1' && typeof value['recipe'] === 'object') return value['recipe']
    return path
  } catch (error) {
    throw new Stop(EXIT.badInput, `${inert(path)} cannot be read as JSON: ${inert((error as Error).message)}`)
  }
}

import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ProofFile } from '../../contract/shapes/proof-file.ts'
import type { Proof, Reproducer } from '../../core/validation/proof.ts'
import type { Harness } from '../../core/validation/recipe.ts'
import { Failure } from '../failure.ts'
import type { InputShelf } from './input-shelf.ts'
import { type Place, placeOf } from './place.ts'

/** How long an answer of a server is waited for where nothing is said, milliseconds. */
const WAIT_MS = 1000
const MOST_SAMPLES = 1000

export interface Desk {
  readonly proofFile: string
  readonly harnesses: readonly Harness[]
  readonly shelf: InputShelf
}

type Given = Pick<ProofFile['reproducers'][number], 'harness' | 'file' | 'exchange' | 'waitMs'>

/** Harness and input of a reproducer or sample; `at` is the field. Throws Failure where it is not one file or one exchange. */
export function readLoad(
  desk: Desk,
  given: Given,
  at: string,
): { readonly harness: string; readonly input: Reproducer['input'] } {
  const where = `${desk.proofFile}, ${at}`
  const harness = harnessOf(desk, given.harness, where)
  const { file, exchange } = given
  if ((file === undefined) === (exchange === undefined))
    throw new Failure('proof.bad-field', 'It has either a file or an exchange.', { where, mend: 'Give one of both.' })
  if (exchange !== undefined && harness.kind !== 'server')
    throw new Failure('proof.bad-field', `An exchange needs a server; the harness ${harness.name} is none.`, { where })
  const add = (path: string, field: string) => {
    const place = placeOf(desk.proofFile, path, `${desk.proofFile}, ${field}`)
    return desk.shelf.addFile(place.name, place.path)
  }
  if (file !== undefined && harness.kind !== 'server')
    return { harness: harness.name, input: { kind: 'file', input: add(file, `${at}.file`) } }
  const requests = exchange?.map((path, n) => add(path, `${at}.exchange[${n}]`)) ?? [add(file ?? '', `${at}.file`)]
  return { harness: harness.name, input: { kind: 'exchange', requests, waitMs: given.waitMs ?? WAIT_MS } }
}

/** The samples that must not fire; a folder stands for the files in it. */
export function readBenign(desk: Desk, given: ProofFile['benign']): Proof['benign'] {
  const out: Proof['benign'][number][] = []
  for (const [n, one] of given.entries()) {
    const at = `benign[${n}]`
    const named = typeof one === 'string' ? { file: one } : one
    const folder = named.file === undefined ? null : placeOf(desk.proofFile, named.file, `${desk.proofFile}, ${at}`)
    const files = folder === null ? null : filesIn(folder)
    for (const file of files ?? [named.file]) out.push(readLoad(desk, file === undefined ? named : { ...named, file }, at))
    if (out.length > MOST_SAMPLES) throw new Failure('proof.too-large', `More than ${MOST_SAMPLES} samples.`, { where: at })
  }
  return out
}

function harnessOf({ harnesses }: Desk, name: string | undefined, where: string): Harness {
  const names = harnesses.map((one) => one.name).join(', ')
  const found =
    name === undefined ? (harnesses.length === 1 ? harnesses[0] : undefined) : harnesses.find((one) => one.name === name)
  if (found !== undefined) return found
  throw new Failure(
    'proof.no-harness',
    name === undefined ? 'The recipe has several harnesses.' : `There is no harness "${name}".`,
    {
      where,
      mend: `Name one of: ${names}`,
    },
  )
}

/** Absolute paths of the plain files in a folder, sorted; null where it is no folder. */
function filesIn({ path }: Place): string[] | null {
  if (!statSync(path).isDirectory()) return null
  const names = readdirSync(path, { withFileTypes: true }).filter((one) => one.isFile())
  return names.map((one) => join(path, one.name)).sort()
}

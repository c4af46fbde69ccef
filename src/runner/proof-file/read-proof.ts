import { basename } from 'node:path'
import type { ProofFile } from '../../contract/shapes/proof-file.ts'
import {
  type Claim,
  type Patch,
  PROOF_VERSION,
  type Proof,
  type ProofSettings,
  type Reproducer,
  SETTINGS,
  TASKS,
  type Task,
} from '../../core/validation/proof.ts'
import { Failure } from '../failure.ts'
import type { Listing } from '../oss-fuzz/oss-fuzz-recipe.ts'
import { PACK_LIMITS } from '../tar/pack-folder.ts'
import { InputShelf } from './input-shelf.ts'
import { parseProofFile } from './parse-file.ts'
import { placeOf } from './place.ts'
import { type Desk, readBenign, readLoad } from './read-load.ts'
import { readRecipe } from './read-recipe.ts'
import { readSource } from './read-source.ts'
import { readSettings } from './settings.ts'

/** A proof whose files were read: what is to be done, its inputs by digest, and repositories that it brings itself. */
export interface ProofInHand {
  readonly proof: Proof
  readonly shelf: InputShelf
  readonly mirrors: ReadonlyMap<string, string>
  /** What a person should know before it runs: steps of a layout that need a network and are left out. */
  readonly notes: readonly string[]
}

export interface Wishes {
  readonly tasks: readonly string[] | null
  readonly settings: Readonly<Record<string, number | string>>
}

/**
 * Reads a proof file and everything it names. `wishes` go before what the file says. Hostile: the file may come from a stranger;
 * what it names is only read. `listing`: the fuzz targets of an OSS-Fuzz project, once it was built. Throws Failure with the field at fault and how to mend it.
 */
export function readProof(proofFile: string, wishes: Wishes, listing: Listing | null = null): ProofInHand {
  const file = parseProofFile(proofFile)
  const shelf = new InputShelf()
  const { recipe, notes } = readRecipe(proofFile, file, listing)
  const desk: Desk = { proofFile, harnesses: recipe.harnesses, shelf }
  const image = readImage(proofFile, file.image, shelf)
  const { source, mirrors } = readSource(proofFile, file.target, shelf)
  const reproducers = file.reproducers.map((one, n) => readReproducer(desk, one, n))
  const patches = file.patches.map((one, n) => readPatch(desk, one, n, reproducers))
  distinct(proofFile, 'reproducers', reproducers)
  distinct(proofFile, 'patches', patches)
  const proof: Proof = {
    version: PROOF_VERSION,
    target: { name: file.target.name, source, introducedAfter: file.target.introducedAfter ?? null },
    recipe: image === null ? recipe : { ...recipe, image },
    reproducers,
    benign: readBenign(desk, file.benign),
    patches,
    tasks: tasksOf(file, wishes),
    settings: settingsOf(file, wishes),
  }
  return { proof, shelf, mirrors, notes }
}

/** The digest of the image that a proof file brings, which is what its recipe then names. */
function readImage(proofFile: string, path: string | undefined, shelf: InputShelf): string | null {
  if (path === undefined) return null
  const place = placeOf(proofFile, path, `${proofFile}, image`)
  return shelf.addFile(place.name, place.path, PACK_LIMITS.bytes).digest
}

function readReproducer(desk: Desk, given: ProofFile['reproducers'][number], n: number): Reproducer {
  const at = `reproducers[${n}]`
  const files = (given.files ?? []).map((path, i) => {
    const place = placeOf(desk.proofFile, path, `${desk.proofFile}, ${at}.files[${i}]`)
    return desk.shelf.addFile(basename(place.path), place.path)
  })
  return {
    id: given.id,
    ...readLoad(desk, given, at),
    files,
    oracle: given.fires ?? { kind: 'crash' },
    claim: claimOf(given.claims),
  }
}

function claimOf(claims: ProofFile['reproducers'][number]['claims']): Claim {
  const { tool = null, kind = null, symbol = null, path = null, cwe = null } = claims ?? {}
  return { tool, kind, symbol, path, cwe }
}

function readPatch(desk: Desk, given: ProofFile['patches'][number], n: number, reproducers: readonly Reproducer[]): Patch {
  const at = `${desk.proofFile}, patches[${n}]`
  const ids = reproducers.map(({ id }) => id)
  const fixes = given.fixes ?? (ids.length === 1 ? ids : null)
  if (fixes === null)
    throw new Failure('proof.bad-field', 'It does not say which reproducers it fixes.', {
      where: at,
      mend: `Give "fixes", out of: ${ids.join(', ')}`,
    })
  for (const id of fixes)
    if (!ids.includes(id))
      throw new Failure('proof.bad-field', `There is no reproducer "${id}".`, {
        where: at,
        mend: `There are: ${ids.join(', ')}`,
      })
  const place = placeOf(desk.proofFile, given.file, `${at}.file`)
  return { id: given.id, input: desk.shelf.addFile(place.name, place.path), fixes }
}

function distinct(proofFile: string, field: string, all: readonly { readonly id: string }[]): void {
  const seen = new Set<string>()
  for (const { id } of all) {
    if (seen.has(id)) throw new Failure('proof.bad-field', `The id "${id}" stands twice.`, { where: `${proofFile}, ${field}` })
    seen.add(id)
  }
}

/** What is asked for; where nothing is said, what the file's contents allow, but for the long ones. */
function tasksOf(file: ProofFile, { tasks }: Wishes): Task[] {
  const asked = tasks ?? file.tasks
  if (asked !== undefined) {
    const strange = asked.find((one) => !(TASKS as readonly string[]).includes(one))
    if (strange !== undefined)
      throw new Failure('proof.bad-task', `There is no task "${strange}".`, {
        where: '--tasks',
        mend: `Tasks: ${TASKS.join(', ')}`,
      })
    return TASKS.filter((one) => asked.includes(one))
  }
  const patch: Task[] = file.patches.length > 0 ? ['patch'] : []
  const matrix: Task[] = file.patches.length > 0 && file.reproducers.length > 1 ? ['matrix'] : []
  return ['reproduce', ...patch, ...matrix]
}

function settingsOf(file: ProofFile, wishes: Wishes): ProofSettings {
  const given = Object.fromEntries(Object.entries(file.settings).filter(([, value]) => value !== undefined))
  return { ...SETTINGS, ...given, ...readSettings(wishes.settings) }
}

import type { Asking } from '../../core/validation/ask.ts'
import { ask } from '../../core/validation/ask.ts'
import { buildBase } from '../../core/validation/build/build.ts'
import { PROOF_VERSION, type Proof, SETTINGS } from '../../core/validation/proof.ts'
import { TOOLS } from '../crash-reader.ts'
import { Failure } from '../failure.ts'
import { InputShelf } from '../proof-file/input-shelf.ts'
import { parseProofFile } from '../proof-file/parse-file.ts'
import { ossFuzzFolder, readRecipe } from '../proof-file/read-recipe.ts'
import { readSource } from '../proof-file/read-source.ts'
import { proveFirst } from '../prove.ts'
import type { Ground, Work } from '../take-up.ts'
import { listRun, readListing } from './list-targets.ts'
import type { Listing } from './oss-fuzz-recipe.ts'

/**
 * The fuzz targets that a project of the OSS-Fuzz layout builds; null where the proof file's recipe is another. The build is kept,
 * so that the validation after it finds it done. Throws Failure where it does not build or leaves no target.
 */
export async function listTargets(
  proofFile: string,
  given: Pick<Work, 'folder' | 'mirrors'> & { readonly tell: (say: string, done: number, total: number) => void },
  ground: Ground,
  signal: AbortSignal,
): Promise<Listing | null> {
  const file = parseProofFile(proofFile)
  const project = ossFuzzFolder(proofFile, file)
  if (project === null) return null
  const shelf = new InputShelf()
  const { source, mirrors } = readSource(proofFile, file.target, shelf)
  const { recipe } = readRecipe(proofFile, file, null)
  const proof: Proof = {
    version: PROOF_VERSION,
    target: { name: file.target.name, source, introducedAfter: null },
    recipe,
    reproducers: [],
    benign: [],
    patches: [],
    tasks: [],
    settings: { ...SETTINGS, floor: file.settings.floor ?? SETTINGS.floor },
  }
  given.tell('build the project to see its fuzz targets', 0, 0)
  const input = async (digest: string) => shelf.read(digest)
  const work: Work = { ...given, proof, input, mirrors: new Map([...given.mirrors, ...mirrors]) }
  const listing = await proveFirst(work, ground, list(proof, project), signal)
  if (listing.targets.length > 0) return listing
  throw new Failure('recipe.no-harness', 'The build left no libFuzzer target in $OUT.', { where: project })
}

function* list(proof: Proof, where: string): Asking<Listing> {
  const built = yield* buildBase(proof, null, TOOLS)
  if (built.entry === null) throw new Failure('recipe.did-not-build', built.outcome.say, { where })
  return readListing(yield* ask(listRun(built.entry, proof.recipe.image)))
}

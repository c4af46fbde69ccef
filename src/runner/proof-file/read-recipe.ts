import { statSync } from 'node:fs'
import type { ProofFile } from '../../contract/shapes/proof-file.ts'
import type { Recipe } from '../../core/validation/recipe.ts'
import { parseRecipe } from '../../core/validation/recipe-file.ts'
import { Failure } from '../failure.ts'
import { type Listing, readOssFuzz } from '../oss-fuzz/oss-fuzz-recipe.ts'
import { readJson } from './parse-file.ts'
import { placeOf } from './place.ts'

export interface RecipeRead {
  readonly recipe: Recipe
  readonly notes: readonly string[]
}

/** The folder of an OSS-Fuzz project that a proof file names as its recipe; null where it names none. */
export function ossFuzzFolder(proofFile: string, file: ProofFile): string | null {
  const { recipe } = file
  if (typeof recipe === 'string' || !('ossFuzz' in recipe) || typeof recipe['ossFuzz'] !== 'string') return null
  const at = `${proofFile}, recipe.ossFuzz`
  const { path } = placeOf(proofFile, recipe['ossFuzz'], at)
  if (!statSync(path).isDirectory()) throw new Failure('recipe.no-project', 'It is not a folder.', { where: at })
  return path
}

/** The recipe that stands in a proof file, in a file it names, or in a project of the OSS-Fuzz layout. */
export function readRecipe(proofFile: string, file: ProofFile, listing: Listing | null): RecipeRead {
  const folder = ossFuzzFolder(proofFile, file)
  if (folder !== null) return readOssFuzz(folder, listing, mainHarness(file, listing))
  if (typeof file.recipe !== 'string') return parsed(file.recipe, `${proofFile}, recipe`)
  const place = placeOf(proofFile, file.recipe, `${proofFile}, recipe`)
  return parsed(readJson(place.path), place.path)
}

/** The first reproducer's harness: the named one, or the only one there is. */
function mainHarness(file: ProofFile, listing: Listing | null): string | null {
  return file.reproducers[0]?.harness ?? (listing?.targets.length === 1 ? (listing.targets[0] ?? null) : null)
}

function parsed(value: unknown, where: string): RecipeRead {
  const read = parseRecipe(value)
  if (read.ok) return { recipe: read.recipe, notes: [] }
  throw new Failure('recipe.bad-field', `${read.at === '' ? 'The recipe' : read.at}: ${read.say}`, { where, mend: read.mend })
}

import { PROOF_VERSION, type Proof, SETTINGS, TASKS } from '../../core/validation/proof.ts'
import { parseRecipe } from '../../core/validation/recipe-file.ts'
import { Failure } from '../failure.ts'
import { readSettings } from '../proof-file/settings.ts'

const MOST = 2000
const DIGEST = /^sha256:[0-9a-f]{64}$/

/**
 * A proof as a server leased it. The server is trusted with what is run, not with this process: recipe, settings, tasks and
 * digests are read strictly, lists are bounded. Throws Failure.
 */
export function readLeasedProof(value: unknown): Proof {
  const proof = value as Partial<Proof> | null
  if (proof === null || typeof proof !== 'object' || proof.version !== PROOF_VERSION) throw bad('of another version')
  const { target, reproducers, benign, patches, tasks } = proof
  if (typeof target?.name !== 'string' || typeof target.source !== 'object' || target.source === null)
    throw bad('without a target')
  for (const list of [reproducers, benign, patches, tasks])
    if (!Array.isArray(list) || list.length > MOST) throw bad('with lists that are none')
  const recipe = parseRecipe(proof.recipe)
  if (!recipe.ok) throw new Failure('recipe.bad-field', `${recipe.at}: ${recipe.say}`, { mend: recipe.mend })
  for (const digest of digestsIn(value, 0)) if (!DIGEST.test(digest)) throw bad('with a digest that is none')
  const settings = { ...SETTINGS, ...readSettings({ ...proof.settings }) }
  return { ...(proof as Proof), recipe: recipe.recipe, tasks: TASKS.filter((one) => tasks!.includes(one)), settings }
}

const bad = (how: string) => new Failure('job.unreadable', `The server sent a job ${how}.`)

/** Every `digest` in it, however deep. */
function* digestsIn(value: unknown, depth: number): Generator<string> {
  if (value === null || typeof value !== 'object' || depth > 20) return
  for (const [name, one] of Object.entries(value)) {
    if (name === 'digest') yield String(one)
    else yield* digestsIn(one, depth + 1)
  }
}

import type { Limits } from '../sandbox/limits.ts'
import { RECIPE_VERSION, type Recipe, SANITIZERS, type TestCommand } from './recipe.ts'
import { parseHarness } from './recipe-harness.ts'
import { Reader, RecipeFault } from './recipe-reader.ts'

/** A recipe, or what is wrong with it: `at` is the place (`harnesses[0].run`), `say` what is wrong, `mend` what to write. */
export type RecipeRead =
  | { readonly ok: true; readonly recipe: Recipe }
  | { readonly ok: false; readonly at: string; readonly say: string; readonly mend: string }

const LANGUAGES = ['c', 'c++', 'python', 'javascript', 'java', 'go', 'rust', 'other'] as const
const LIMIT_NAMES: readonly (keyof Limits)[] = [
  'wallMs',
  'cpuSeconds',
  'memoryBytes',
  'processes',
  'diskBytes',
  'files',
  'outputBytes',
  'resultBytes',
]

/**
 * Reads a recipe out of parsed JSON, strictly: unknown fields are refused, as a misspelt one would silently do nothing. `version`,
 * `harnesses` and `language` must be there; the rest may be left out. Hostile input: never throws; sizes are bounded.
 */
export function parseRecipe(value: unknown): RecipeRead {
  try {
    return { ok: true, recipe: readRecipe(value) }
  } catch (error) {
    if (error instanceof RecipeFault) return { ok: false, at: error.at, say: error.message, mend: error.mend }
    throw error
  }
}

function readRecipe(value: unknown): Recipe {
  const reader = new Reader(value, '')
  reader.only([
    'version',
    'image',
    'language',
    'sanitizer',
    'env',
    'configure',
    'build',
    'harnesses',
    'tests',
    'benign',
    'limits',
  ])
  const version = reader.choice('version', [RECIPE_VERSION])
  const image = reader.optional('image', null, (one) =>
    one.pattern(/^sha256:[0-9a-f]{64}$/, 'sha256: and 64 hex digits, or null'),
  )
  const harnesses = reader.list('harnesses', 64, parseHarness)
  if (harnesses.length === 0) {
    throw new RecipeFault('harnesses', 'There is no harness.', 'Say how an input reaches the target: at least one harness.')
  }
  unique(harnesses, 'harnesses')
  const tests = reader.optional('tests', [], () => reader.list('tests', 200, parseTest))
  unique(tests, 'tests')
  return {
    version,
    image,
    language: reader.choice('language', LANGUAGES),
    sanitizer: reader.optional('sanitizer', 'none', () => reader.choice('sanitizer', SANITIZERS)),
    env: reader.optional('env', {}, parseEnv),
    configure: reader.optional('configure', [], () => reader.list('configure', 200, (one) => one.text(65_536))),
    build: reader.optional('build', [], () => reader.list('build', 200, (one) => one.text(65_536))),
    harnesses,
    tests,
    benign: reader.optional('benign', [], () => reader.list('benign', 100, parseTreePath)),
    limits: reader.optional('limits', { build: {}, run: {} }, parseLimits),
  }
}

function unique(named: readonly { readonly name: string }[], at: string): void {
  const seen = new Set<string>()
  for (const [i, { name }] of named.entries()) {
    if (seen.has(name)) throw new RecipeFault(`${at}[${i}].name`, `${name} is there twice.`, 'Give each a name of its own.')
    seen.add(name)
  }
}

function parseTest(reader: Reader): TestCommand {
  reader.only(['name', 'run', 'network', 'wallMs'])
  const test = {
    name: reader.field('name').pattern(/^[\w][\w .:+-]{0,99}$/, 'a short name'),
    run: reader.field('run').text(65_536),
  }
  const network = reader.optional('network', null, () => reader.choice('network', ['own-loopback'] as const))
  const wallMs = reader.optional('wallMs', null, (one) => one.whole(1, 3_600_000))
  return { ...test, ...(network === null ? {} : { network }), ...(wallMs === null ? {} : { wallMs }) }
}

function parseEnv(reader: Reader): Record<string, string> {
  const env: Record<string, string> = {}
  for (const name of reader.names(200)) {
    if (!/^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(name) || name === '__proto__') {
      throw new RecipeFault(
        `${reader.at}.${name.slice(0, 100)}`,
        'This is no name of a variable.',
        'Use letters, digits and _.',
      )
    }
    env[name] = reader.field(name).text(32_768, true)
  }
  return env
}

/** A path inside the source tree. */
function parseTreePath(reader: Reader): string {
  const path = reader.text(1000)
  const parts = path.split('/')
  if (path.startsWith('/') || parts.some((part) => part === '..' || part === '.git')) {
    throw new RecipeFault(
      reader.at,
      'This path leads out of the source tree.',
      'Write it from the top of the tree: tests/good.',
    )
  }
  return parts.filter((part) => part !== '' && part !== '.').join('/') || '.'
}

function parseLimits(reader: Reader): Recipe['limits'] {
  reader.only(['build', 'run'])
  const one = (part: Reader): Partial<Limits> => {
    part.only(LIMIT_NAMES)
    return Object.fromEntries(part.names(20).map((name) => [name, part.field(name).whole(1, 2 ** 45)]))
  }
  return { build: reader.optional('build', {}, one), run: reader.optional('run', {}, one) }
}

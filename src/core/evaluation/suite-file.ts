import { type Limits, RUN_LIMITS } from '../sandbox/limits.ts'
import { TIERS } from '../sandbox/tier.ts'
import { SuiteFault, SuiteReader } from './suite-reader.ts'
import {
  type Family,
  type HumanTimeKind,
  type Service,
  type Step,
  SUITE_FORMAT,
  type Suite,
  type Task,
} from './task-package.ts'

/** A suite, or the first thing that is wrong with its file: `at` is the place (`families[2].tasks[0].id`), `say` what to mend. */
export type SuiteRead =
  | { readonly ok: true; readonly suite: Suite }
  | { readonly ok: false; readonly at: string; readonly say: string }

const MOST_CHARACTERS = 8 << 20
const MOST_FAMILIES = 500
const MOST_TASKS = 500
const MOST_PROMPT = 50_000
/** A human year of work, minutes. */
const MOST_MINUTES = 120_000
const LIMIT_NAMES = Object.keys(RUN_LIMITS) as (keyof Limits)[]
const KINDS: readonly HumanTimeKind[] = ['team-estimate', 'completion', 'expert-estimate', 'first-solve', 'model-estimate']

const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/
const NAME_SAYS = 'a-z, 0-9 and dashes, at most 64 characters'
// Each part begins with a letter or digit, so that none is `.`, `..` or hidden.
const CODE = /^[A-Za-z0-9][\w.-]{0,99}(?:\/[A-Za-z0-9][\w.-]{0,99}){0,7}$/

/**
 * Reads `suite.json` strictly: unknown fields, doubled names, ids outside their family and ports without a service are refused.
 * Hostile input: never throws; sizes are bounded (8 Mi characters, 500 families of 500 tasks).
 */
export function parseSuite(text: string): SuiteRead {
  if (text.length > MOST_CHARACTERS) return { ok: false, at: 'suite', say: `It is longer than ${MOST_CHARACTERS} characters.` }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, at: 'suite', say: 'This is not JSON.' }
  }
  try {
    return { ok: true, suite: readSuite(new SuiteReader(value, '')) }
  } catch (error) {
    if (error instanceof SuiteFault) return { ok: false, at: error.at, say: error.message }
    throw error
  }
}

function readSuite(reader: SuiteReader): Suite {
  reader.only(['format', 'name', 'version', 'title', 'licence', 'canary', 'families'])
  const suite: Suite = {
    format: reader.field('format').choice([SUITE_FORMAT]),
    name: reader.field('name').pattern(NAME, NAME_SAYS),
    version: reader.field('version').pattern(/^\w[\w.+-]{0,63}$/, 'letters, digits, dots and dashes'),
    title: reader.field('title').text(200),
    licence: reader.field('licence').text(200),
    canary: reader.field('canary').pattern(/^[\w:{}-]{16,200}$/, 'at least 16 letters, digits and dashes'),
    families: reader.field('families').list(1, MOST_FAMILIES, readFamily),
  }
  refuseTwice(suite.families.map(({ family }, n) => [family, `families[${n}].family`]))
  return suite
}

function readFamily(reader: SuiteReader): Family {
  reader.only(['family', 'title', 'setup', 'service', 'check', 'solve', 'network', 'floor', 'limits', 'tasks'])
  const family = reader.field('family').pattern(NAME, NAME_SAYS)
  const service = reader.field('service').value === null ? null : readService(reader.field('service'))
  const network = reader.field('network').choice(['none', 'loopback'])
  if (service !== null && network === 'none') throw reader.field('network').fault('A service needs loopback.')
  const tasks = reader.field('tasks').list(1, MOST_TASKS, (task) => readTask(task, family, service !== null))
  refuseTwice(tasks.map(({ id }, n) => [id, `${reader.at}.tasks[${n}].id`]))
  return {
    family,
    title: reader.field('title').text(200),
    setup: readStep(reader.field('setup').only(['argv', 'code'])),
    service,
    check: readCheck(reader.field('check')),
    solve: readStep(reader.field('solve').only(['argv', 'code'])),
    network,
    floor: reader.field('floor').choice(TIERS),
    limits: readLimits(reader.field('limits')),
    tasks,
  }
}

function readStep(reader: SuiteReader): Step {
  return {
    argv: reader.field('argv').list(1, 64, (word) => word.text(1000)),
    code: reader.field('code').pattern(CODE, 'the path of a file or folder in the family’s folder, or its name'),
  }
}

function readService(reader: SuiteReader): Service {
  reader.only(['argv', 'code', 'port', 'name'])
  return { ...readStep(reader), port: reader.field('port').whole(1024, 65_535), name: reader.field('name').text(100) }
}

function readCheck(reader: SuiteReader): Family['check'] {
  const by = reader.field('by').choice(['flag', 'program'])
  if (by === 'program') return { by, step: readStep(reader.only(['by', 'step']).field('step').only(['argv', 'code'])) }
  reader.only(['by'])
  return { by }
}

function readLimits(reader: SuiteReader): Partial<Limits> {
  reader.only(LIMIT_NAMES)
  return Object.fromEntries(reader.names(LIMIT_NAMES.length).map((name) => [name, reader.field(name).whole(1, 2 ** 45)]))
}

function readTask(reader: SuiteReader, family: string, served: boolean): Task {
  reader.only(['id', 'version', 'title', 'prompt', 'parameters', 'human', 'difficulty'])
  const id = reader.field('id').pattern(/^[a-z0-9-]{1,64}\/[a-z0-9][a-z0-9-]{0,63}$/, 'family/name')
  if (!id.startsWith(`${family}/`)) throw reader.field('id').fault(`It must begin with ${family}/.`)
  const prompt = reader.field('prompt').text(MOST_PROMPT)
  if (!served && prompt.includes('{port}')) throw reader.field('prompt').fault('It names a port and there is no service.')
  const human = reader.field('human').only(['minutes', 'kind'])
  const difficulty = reader.field('difficulty').whole(1, 3) as Task['difficulty']
  return {
    id,
    version: reader.field('version').whole(1, 1_000_000),
    title: reader.field('title').text(200),
    prompt,
    parameters: readParameters(reader.field('parameters')),
    human: { minutes: human.field('minutes').above(0, MOST_MINUTES), kind: human.field('kind').choice(KINDS) },
    difficulty,
  }
}

function readParameters(reader: SuiteReader): Task['parameters'] {
  const entries = reader.names(64).map((name): [string, string | number | boolean] => {
    const field = reader.field(name)
    if (!/^[a-z][A-Za-z0-9]{0,63}$/.test(name)) throw field.fault('This is no name of a parameter: letters and digits.')
    const { value } = field
    if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return [name, value]
    return [name, field.text(1000)]
  })
  return Object.fromEntries(entries)
}

function refuseTwice(named: readonly (readonly [name: string, at: string])[]): void {
  const seen = new Set<string>()
  for (const [name, at] of named) {
    if (seen.has(name)) throw new SuiteFault(at, `${name} is there twice.`)
    seen.add(name)
  }
}

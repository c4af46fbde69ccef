import { RECORDED } from '../../docket/docket.ts'
import { canonicalText } from '../figures/canonical.ts'
import type { AnalysisInput } from '../figures/input.ts'
import { readMethod, readMultiverse } from '../plan/plan-file.ts'
import { SuiteFault, SuiteReader } from '../suite-reader.ts'
import type { ReportFacts } from './facts.ts'

export const SETTINGS_FORMAT = 'weir-settings-1'

/** `settings.json` of a bundle: everything that decides the figures besides the rows, and what the report says of itself. */
export function settingsFile({ model, suite, elicitation, settings, scale }: AnalysisInput, facts: ReportFacts): string {
  return `${canonicalText({ format: SETTINGS_FORMAT, model, suite, elicitation, settings, scale, facts })}\n`
}

export interface ReadSettings {
  readonly input: Omit<AnalysisInput, 'rows' | 'tasks'>
  readonly facts: ReportFacts
}

const MOST_RESAMPLES = 20_000

/** Reads a bundle's settings; null for anything that is not as `settingsFile` writes. Hostile input: resamples are bounded. */
export function parseSettings(text: string): ReadSettings | null {
  if (text.length > 4 << 20) return null
  try {
    return read(new SuiteReader(JSON.parse(text), 'settings'))
  } catch (error) {
    if (error instanceof SuiteFault || error instanceof SyntaxError) return null
    throw error
  }
}

function read(reader: SuiteReader): ReadSettings {
  reader.only(['format', 'model', 'suite', 'elicitation', 'settings', 'scale', 'facts'])
  reader.field('format').choice([SETTINGS_FORMAT])
  const settings = reader.field('settings').only(['resamples', 'seed', 'method', 'multiverse'])
  const facts = reader.field('facts').only(['docket', 'developer', 'office', 'at', 'recorded'])
  const suite = reader.field('suite')
  const scale = reader.field('scale')
  return {
    input: {
      model: reader.field('model').text(1000),
      suite: suite.value === null ? null : { name: suite.field('name').text(100), version: suite.field('version').text(64) },
      elicitation: reader.field('elicitation').list(0, 1000, (one) => one.text(1000)),
      settings: {
        resamples: settings.field('resamples').whole(1, MOST_RESAMPLES),
        seed: settings.field('seed').whole(0, Number.MAX_SAFE_INTEGER),
        method: readMethod(settings.field('method')),
        multiverse: readMultiverse(settings.field('multiverse')),
      },
      scale: scale.value === null ? null : readScale(scale),
    },
    facts: {
      docket: textOrNull(facts.field('docket')),
      developer: textOrNull(facts.field('developer')),
      office: textOrNull(facts.field('office')),
      at: facts.field('at').text(40),
      recorded: facts.field('recorded').value === null ? null : readRecorded(facts.field('recorded')),
    },
  }
}

function readScale(reader: SuiteReader): NonNullable<AnalysisInput['scale']> {
  reader.only(['reference', 'items', 'difficulty'])
  const items = reader.field('items').list(1, 100_000, (one) => one.text(1000))
  const difficulty = reader.field('difficulty').list(items.length, items.length, (one) => one.above(-100, 100))
  return { reference: reader.field('reference').text(64), items, difficulty }
}

function readRecorded(reader: SuiteReader): NonNullable<ReportFacts['recorded']> {
  const departs = reader.only(['as', 'departs', 'at']).field('departs')
  if (typeof departs.value !== 'boolean') throw departs.fault('Write true or false.')
  return { as: reader.field('as').choice(RECORDED), departs: departs.value, at: reader.field('at').text(40) }
}

function textOrNull(reader: SuiteReader): string | null {
  return reader.value === null ? null : reader.text(1000)
}

import type { InspectLog } from '../inspect-log.ts'
import { checkMetrics, recompute } from '../metrics/recompute.ts'
import { type LogHeader, readHeader } from './header.ts'
import type { Reading } from './reading.ts'
import type { SampleRow } from './sample-row.ts'

const NEWEST_VERSION = 3

export interface ReadParts {
  readonly form: InspectLog['form']
  readonly headerPresent: boolean
  readonly root: ReadonlyMap<string, unknown>
  readonly samples: readonly SampleRow[]
  /** Whether everything in the file could be read. */
  readonly whole: boolean
}

/** Puts a log together and says what its header, its samples and the two side by side give cause to say. */
export function finishLog(reading: Reading, parts: ReadParts): InspectLog {
  const header = readHeader(parts.root)
  const checks = checkMetrics(header, parts.samples)
  tellHeader(reading, header)
  tellSamples(reading, header, parts.samples)
  if (parts.samples.length > 0) tellChecks(reading, checks)
  else if (header.scores.length > 0) {
    reading.findings.tell('metric.not-recomputed', '', 'The log states metrics and holds no samples to recompute them from.')
  }
  return {
    form: parts.form,
    headerPresent: parts.headerPresent,
    header,
    samples: parts.samples,
    isFinished: parts.headerPresent && parts.whole && header.status === 'success',
    recomputed: recompute(header, parts.samples),
    checks,
    keys: reading.keysFound(),
    findings: reading.told(),
  }
}

function tellHeader({ findings }: Reading, header: LogHeader): void {
  if (header.version !== null && header.version > NEWEST_VERSION) {
    findings.tell(
      'log.newer-version',
      '',
      `Its version ${header.version} is newer than ${NEWEST_VERSION}; it is read as far as it is alike.`,
    )
  }
  if (header.status !== 'success') {
    const why = header.error === null ? '' : ` It says: ${header.error}`
    findings.tell('log.unfinished', '', `Its status is "${header.status}": it is no finished evaluation.${why}`)
  }
  if (header.invalidated) findings.tell('log.invalidated', '', 'The log was declared invalid by its keeper.')
  if (header.logUpdates.length > 0) {
    findings.tell(
      'log.edited',
      '',
      `Changes made to the log after it was written, which are kept: ${header.logUpdates.length}.`,
    )
  }
}

function tellSamples({ findings }: Reading, header: LogHeader, samples: readonly SampleRow[]): void {
  const edited = samples.filter((row) => row.scores.some((score) => score.history.length > 0)).length
  const invalid = samples.filter((row) => row.invalidated !== null).length
  if (edited > 0)
    findings.tell('sample.edited', '', `Samples whose scores were changed after scoring; what they were is kept: ${edited}.`)
  if (invalid > 0)
    findings.tell('sample.invalidated', '', `Samples that were declared invalid, which count as missing: ${invalid}.`)
  const stated = header.totalSamples
  if (stated !== null && stated !== samples.length) {
    findings.tell('samples.missing', '', `Samples that the header states: ${stated}; in the file: ${samples.length}.`)
  }
}

function tellChecks({ findings }: Reading, checks: InspectLog['checks']): void {
  for (const { score, metric, outcome, recomputed } of checks) {
    const where = `${score.name}/${metric.name}`
    if (outcome === 'unknown') findings.tell('metric.not-recomputed', where, 'This metric is not recomputed here.')
    if (outcome !== 'differs') continue
    const stated = metric.value ?? 'no number'
    findings.tell(
      'metric.mismatch',
      where,
      `The header states ${stated}; the samples in the file come to ${recomputed ?? 'nothing'}.`,
    )
  }
}

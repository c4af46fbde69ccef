import type { Format } from '../format.ts'
import { documentReader } from '../json/reading.ts'
import { refusedReader } from '../json/refused.ts'
import { NO_RUN } from './frame.ts'
import { RESULTS, type SurveyedLog, surveyLog } from './log.ts'
import { mapResult } from './result.ts'

/** SARIF 2.1.0 and the drafts of 2.0: one finding a result. Rules and files may stand after the results, hence two passes. */
export const SARIF: Format = {
  name: 'sarif',
  survey: surveyLog,
  reader(limits, surveyed) {
    const log = surveyed as SurveyedLog | undefined
    if (log?.refusal) return refusedReader(log.refusal)
    return documentReader({ limits, arrays: RESULTS }, (value, at) => mapResult(value, at, frameAt(at, log)))
  },
}

function frameAt(at: string, log: SurveyedLog | undefined): Parameters<typeof mapResult>[2] {
  const [, list, index] = at.split('/', 3)
  if (list === 'runs') return log?.runs[Number(index)] ?? NO_RUN
  // Properties stored apart belong to a run by guid; with one run there is no doubt.
  return log?.runs.length === 1 ? log.runs[0]! : NO_RUN
}

import type { ItemRefusal } from '../../core/findings/refusal.ts'
import type { Limits, Survey } from '../format.ts'
import { isObject, own, textIn } from '../json/loose.ts'
import { type Frame as DocumentFrame, surveyOf } from '../json/survey.ts'
import { framesOf, type RunFrame } from './frame.ts'

/** Where the results of a log stand: in runs, and in properties stored inline apart from their runs (3.13.5). */
export const RESULTS = [
  ['runs', '*', 'results'],
  ['inlineExternalProperties', '*', 'results'],
]

/** What the first pass over a SARIF log found out. */
export interface SurveyedLog {
  readonly runs: readonly RunFrame[]
  /** Why the log cannot be read at all. */
  readonly refusal: ItemRefusal | null
}

/** The first pass: everything of the log but its results, at most `frameBytes` of it. */
export function surveyLog(limits: Limits): Survey {
  return surveyOf(limits, RESULTS, judged)
}

function judged(frame: DocumentFrame): SurveyedLog {
  if (!frame.ok) return { runs: [], refusal: frame.refusal }
  const log = frame.value
  if (!isObject(log)) return refused('item.wrong-type', '', 'A SARIF log is a JSON object.')
  const version = textIn(log, 'version')
  const schema = textIn(log, '$schema') ?? ''
  if ((version !== null && !version.startsWith('2.')) || (version === null && /sarif-(?:schema-)?1\./.test(schema))) {
    return refused('report.wrong-version', '/version', 'Send SARIF 2.1.0.')
  }
  const runs = own(log, 'runs')
  // A log cut off before its runs says so itself; null stands for a scan that could not run (3.13.4).
  if (frame.whole && runs === undefined) return refused('item.missing-field', '/runs', 'Give the log its runs.')
  if (runs !== undefined && runs !== null && !Array.isArray(runs))
    return refused('item.wrong-type', '/runs', 'runs is an array.')
  return { runs: framesOf(log), refusal: null }
}

function refused(code: ItemRefusal['code'], where: string, mend: string): SurveyedLog {
  return { runs: [], refusal: { code, where, mend } }
}

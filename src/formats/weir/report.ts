import type { Provenance } from '../../core/findings/finding.ts'
import type { ItemRefusal } from '../../core/findings/refusal.ts'
import type { Limits, Survey } from '../format.ts'
import { isObject, own } from '../json/loose.ts'
import { Faults, Fields } from '../json/strict.ts'
import { type Frame, surveyOf } from '../json/survey.ts'
import { readProvenance } from './parts.ts'
import { VERSION } from './words.ts'

/** Where findings stand: in a report's `findings`, or in a top-level array. */
export const FINDINGS = [['findings'], []]

/** What the first pass found out about a file of Weir's own format. */
export type SurveyedReport =
  | { readonly kind: 'report'; readonly defaults: Provenance }
  | { readonly kind: 'finding' }
  | { readonly kind: 'refused'; readonly refusal: ItemRefusal }

/** The first pass: whether the file is a report, an array or one finding, and the provenance its findings share. */
export function surveyReport(limits: Limits): Survey {
  return surveyOf(limits, FINDINGS, judged)
}

function judged(frame: Frame): SurveyedReport {
  // One finding larger than a frame may be is refused as an item by the second pass.
  if (!frame.ok) return { kind: 'refused', refusal: frame.refusal }
  const report = frame.value
  if (!isObject(report)) return { kind: 'report', defaults: readProvenance(null) }
  const version = own(report, 'weir')
  const findings = own(report, 'findings')
  if (version !== undefined && version !== VERSION)
    return refused('report.wrong-version', '/weir', `Write "weir": "${VERSION}".`)
  if (findings !== undefined && !Array.isArray(findings))
    return refused('item.wrong-type', '/findings', 'findings is an array.')
  if (findings === undefined && version === undefined) return { kind: 'finding' }
  if (findings === undefined && frame.whole) return refused('item.missing-field', '/findings', 'Give the report its findings.')
  const faults = new Faults('')
  const defaults = readProvenance(new Fields(report, '', faults).object('provenance'))
  return faults.first ? { kind: 'refused', refusal: faults.first } : { kind: 'report', defaults }
}

function refused(code: ItemRefusal['code'], where: string, mend: string): SurveyedReport {
  return { kind: 'refused', refusal: { code, where, mend } }
}

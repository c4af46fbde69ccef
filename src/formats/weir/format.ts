import type { Format } from '../format.ts'
import { documentReader, lineReader } from '../json/reading.ts'
import { refusedReader } from '../json/refused.ts'
import { mapFinding } from './finding.ts'
import { FINDINGS, type SurveyedReport, surveyReport } from './report.ts'

/** Weir's own JSON: a report, an array of findings, or one finding. Shared provenance may stand after the findings, hence two passes. */
export const WEIR: Format = {
  name: 'weir',
  survey: surveyReport,
  reader(limits, surveyed) {
    const report = surveyed as SurveyedReport | undefined
    if (report?.kind === 'refused') return refusedReader(report.refusal)
    const defaults = report?.kind === 'report' ? report.defaults : undefined
    const rootIsItem = report?.kind === 'finding'
    return documentReader({ limits, arrays: FINDINGS, rootIsItem }, (value, at) => mapFinding(value, at, defaults))
  },
}

/** Weir's own format, a finding a line. */
export const WEIR_LINES: Format = {
  name: 'weir-ndjson',
  reader: (limits) => lineReader(limits, (value, at) => mapFinding(value, at)),
}

import { z } from 'zod'
import { makeReport } from '../../app/measurement/make-report.ts'
import type { MeasurementDesk } from '../../app/measurement/measurement-desk.ts'

const Body = z.object({ docket: z.string() })

/** Makes the report of a docket whose determination was recorded. Run twice it makes the same. */
export function docketReportWorker(desk: MeasurementDesk, onError: (error: unknown) => void): (body: unknown) => Promise<void> {
  return async (body) => {
    await makeReport(desk, Body.parse(body).docket).catch((error: unknown) => {
      onError(error)
      throw error
    })
  }
}

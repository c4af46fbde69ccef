import { z } from 'zod'
import { closeDocket } from '../../app/docket/close-docket.ts'
import type { DocketDesk } from '../../app/docket/docket-desk.ts'

const Body = z.object({ docket: z.string() })

/** Erases what a docket held that is closing, and writes its receipt. Run twice it goes on where it was, or finds nothing to do. */
export function docketCloseWorker(desk: DocketDesk, onError: (error: unknown) => void): (body: unknown) => Promise<void> {
  return async (body) => {
    await closeDocket(desk, Body.parse(body).docket).catch((error: unknown) => {
      onError(error)
      throw error
    })
  }
}

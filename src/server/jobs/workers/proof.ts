import { z } from 'zod'
import { settleEdges } from '../../app/validation/settle-edges.ts'
import type { ValidationDesk } from '../../app/validation/validation-desk.ts'

const Body = z.object({ validation: z.string() })

/** Acts on what one validation's matrix showed of several flaws. Run twice it finds everything settled. */
export function proofWorker(desk: ValidationDesk, onError: (error: unknown) => void): (body: unknown) => Promise<void> {
  return async (body) => {
    await settleEdges(desk, Body.parse(body).validation).catch((error: unknown) => {
      onError(error)
      throw error
    })
  }
}

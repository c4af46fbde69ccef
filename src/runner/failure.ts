/** Ends a job with a code (`noun.reason`), a sentence, the place of a file that is at fault, and what would mend it. */
export class Failure extends Error {
  readonly code: string
  readonly where: string | null
  readonly mend: string | null
  constructor(code: string, say: string, more: { readonly where?: string | null; readonly mend?: string | null } = {}) {
    super(say)
    this.code = code
    this.where = more.where ?? null
    this.mend = more.mend ?? null
  }
}

/** Whether an error is the end that an abort makes. */
export function isStopped(error: unknown, signal: AbortSignal): boolean {
  return signal.aborted && (error === signal.reason || (error instanceof Error && error.name === 'AbortError'))
}

import type { SandboxRefusal } from '../core/sandbox/contract.ts'

/** A request that cannot be met: told to the asker as it is. */
export class Refused extends Error {
  readonly code: SandboxRefusal
  readonly mend: string | null

  constructor(code: SandboxRefusal, say: string, mend: string | null = null) {
    super(say)
    this.code = code
    this.mend = mend
  }
}

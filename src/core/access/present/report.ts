import { type Presented, presented } from './presented.ts'

interface Answered {
  readonly n: number
  readonly at: string
  readonly outcome: string
  readonly receipt: string | null
  readonly finding: string | null
  readonly same: string | null
  readonly needs: readonly { readonly code: string; readonly say: string }[]
  readonly refusal: { readonly code: string; readonly say: string; readonly where: string; readonly mend: string } | null
}

/** The answer to one item, for its sender: these fields and no others, the same for a new flaw and for one that others hold. */
export function presentItemAnswer(answer: Answered): Presented<Answered> {
  const { n, at, outcome, receipt, finding, same, needs, refusal } = answer
  return presented({ n, at, outcome, receipt, finding, same, needs, refusal })
}

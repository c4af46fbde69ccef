import type { ReproducerVerdict } from './verdict.ts'

type Result = Pick<ReproducerVerdict, 'reproducer' | 'verdict'>

export interface ProofStanding {
  readonly proof: 'not-required' | 'met' | 'missing'
  /** One sentence for the finder and the coordinator. */
  readonly say: string
}

/** Whether at least one reproducer of a flaw was confirmed: it fired every time, as claimed, and no control fired. */
export function isProofMet(results: readonly Result[]): boolean {
  return results.some(({ verdict }) => verdict === 'confirmed')
}

/** Whether terms that may ask for a reproducer are satisfied by the verdicts of a flaw's reproducers. */
export function proofStanding(terms: { readonly requiresReproducer: boolean }, results: readonly Result[]): ProofStanding {
  if (!terms.requiresReproducer) return { proof: 'not-required', say: 'These terms do not ask for a reproducer.' }
  const confirmed = results.find(({ verdict }) => verdict === 'confirmed')
  if (confirmed) return { proof: 'met', say: `Reproducer ${confirmed.reproducer} was confirmed.` }
  if (results.length === 0) return { proof: 'missing', say: 'A reproducer is asked for, and none was run.' }
  const verdicts = [...new Set(results.map(({ verdict }) => verdict.replaceAll('-', ' ')))].join(', ')
  return { proof: 'missing', say: `A confirmed reproducer is asked for; what was run came to: ${verdicts}.` }
}

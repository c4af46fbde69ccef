import type { Verb } from './commands/verb.ts'

// Each is loaded when it is asked for: a verb starts without the readers and rules of all others.
const LOADERS: ReadonlyMap<string, () => Promise<Verb>> = new Map([
  ['start', async () => (await import('./commands/start.ts')).startVerb],
  ['up', async () => (await import('./commands/up.ts')).upVerb],
  ['stop', async () => (await import('./commands/stop.ts')).stopVerb],
  ['status', async () => (await import('./commands/status.ts')).statusVerb],
  ['report', async () => (await import('./commands/report.ts')).reportVerb],
  ['validate', async () => (await import('./commands/validate.ts')).validateVerb],
  ['evaluate', async () => (await import('./commands/evaluate.ts')).evaluateVerb],
  ['claim', async () => (await import('./commands/claim.ts')).claimVerb],
  ['scan', async () => (await import('./commands/scan.ts')).scanVerb],
  ['target', async () => (await import('./commands/target.ts')).targetVerb],
  ['exposure', async () => (await import('./commands/exposure.ts')).exposureVerb],
  ['import', async () => (await import('./commands/import.ts')).importVerb],
  ['evidence', async () => (await import('./commands/evidence.ts')).evidenceVerb],
  ['prove', async () => (await import('./commands/prove.ts')).proveVerb],
  ['runner', async () => (await import('./commands/runner.ts')).runnerVerb],
  ['token', async () => (await import('./commands/token.ts')).tokenVerb],
  ['ledger', async () => (await import('./commands/ledger.ts')).ledgerVerb],
  ['backup', async () => (await import('./commands/backup.ts')).backupVerb],
  ['restore', async () => (await import('./commands/restore.ts')).restoreVerb],
  ['docket', async () => (await import('./commands/docket.ts')).docketVerb],
  ['case', async () => (await import('./commands/case.ts')).caseVerb],
  ['project', async () => (await import('./commands/project.ts')).projectVerb],
  ['publish', async () => (await import('./commands/publish.ts')).publishVerb],
  ['duties', async () => (await import('./commands/duties.ts')).dutiesVerb],
  ['doctor', async () => (await import('./commands/doctor.ts')).doctorVerb],
])

/** The names of all verbs, as the help lists them. */
export const VERB_NAMES: readonly string[] = [...LOADERS.keys()]

/** The verb that a command line begins with; all of them where it begins with none, for help and suggestions name each. */
export async function verbsFor(words: readonly string[]): Promise<readonly Verb[]> {
  const one = LOADERS.get(words[0] ?? '')
  return Promise.all(one === undefined ? [...LOADERS.values()].map((load) => load()) : [one()])
}

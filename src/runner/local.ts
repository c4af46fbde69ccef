import { rmSync, writeFileSync } from 'node:fs'
import type { LocalJob } from '../contract/runner.ts'
import { agrees, differences } from '../core/validation/signed/differences.ts'
import { readEnvelope, readStatement } from '../core/validation/signed/read-envelope.ts'
import type { Envelope, ValidationStatement } from '../core/validation/statement.ts'
import { Failure } from './failure.ts'
import type { Say } from './lines.ts'
import { listTargets } from './oss-fuzz/build-and-list.ts'
import { digestOf } from './proof-file/input-shelf.ts'
import { proofFileAt, readJson } from './proof-file/parse-file.ts'
import { readProof, type Wishes } from './proof-file/read-proof.ts'
import { type Proved, prove } from './prove.ts'
import { readMirrors } from './sources/mirrors.ts'
import { jobFolder, type State } from './state-folder.ts'
import type { Ground } from './take-up.ts'
import { packFolder } from './tar/pack-folder.ts'
import { writeOut } from './write-out.ts'

/** One job of a person on this machine. Rejects with Failure, or with the signal's reason when stopped. */
export async function runLocal(job: LocalJob, state: State, ground: Ground, say: Say, signal: AbortSignal): Promise<void> {
  if (job.do === 'tiers') {
    const answer = await ground.client.tiers()
    say({ event: 'tiers', here: answer.here, lacking: answer.lacking })
    return
  }
  if (job.do === 'pack') {
    const { bytes } = packFolder(job.folder)
    writeFileSync(job.to, bytes, { flag: 'wx', mode: 0o600 })
    say({ event: 'packed', digest: digestOf(bytes), bytes: bytes.length })
    return
  }
  const then = job.do === 'replay' ? statementIn(job.statement) : null
  const wishes: Wishes =
    job.do === 'validate' ? job : { tasks: then!.predicate.asked.tasks, settings: { ...then!.predicate.asked.settings } }
  const folder = jobFolder(state)
  try {
    const proved = await validateFile(proofFileAt(job.proofFile), wishes, folder, ground, say, signal)
    const files = job.out === null ? [] : writeOut(job.out, proved, ground.key)
    if (then === null) {
      say({ event: 'done', outcome: proved.outcome, envelope: proved.envelope, files })
      return
    }
    const differs = differences(then, statementOf(proved.envelope))
    say({ event: 'replayed', agrees: agrees(differs), differs: differs.map((one) => one.say), outcome: proved.outcome })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function validateFile(
  file: string,
  wishes: Wishes,
  folder: string,
  ground: Ground,
  say: Say,
  signal: AbortSignal,
): Promise<Proved> {
  const mirrors = readMirrors(process.env['WEIR_MIRRORS'] ?? '')
  const tell = (words: string, done: number, total: number) => say({ event: 'progress', say: words, done, total })
  const listing = await listTargets(file, { folder, mirrors, tell }, ground, signal)
  const hand = readProof(file, wishes, listing)
  for (const note of hand.notes) tell(note, 0, 0)
  const work = {
    proof: hand.proof,
    input: async (digest: string) => hand.shelf.read(digest),
    mirrors: new Map([...mirrors, ...hand.mirrors]),
    folder,
    tell,
  }
  return prove(work, ground, signal)
}

function statementIn(path: string): ValidationStatement {
  const envelope = readEnvelope(readJson(path))
  const statement = envelope === null ? null : readStatement(Buffer.from(envelope.payload, 'base64'))
  if (statement !== null) return statement
  throw new Failure('statement.unreadable', 'It is no statement of a validation.', { where: path })
}

function statementOf(envelope: Envelope): ValidationStatement {
  return JSON.parse(Buffer.from(envelope.payload, 'base64').toString('utf8')) as ValidationStatement
}

/** A LocalJob out of a line of standard input; null where it is none. */
export function readLocalJob(line: string): LocalJob | null {
  try {
    const value = JSON.parse(line) as { do?: unknown } | null
    const known = value?.do === 'validate' || value?.do === 'replay' || value?.do === 'tiers' || value?.do === 'pack'
    return known ? (value as LocalJob) : null
  } catch {
    return null
  }
}

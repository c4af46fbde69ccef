import { resolve } from 'node:path'
import type { RunnerLine } from '../../contract/runner.ts'
import type { Console } from '../console.ts'
import { EXIT, type Exit, Stop } from '../exit.ts'
import { HERE } from '../root.ts'
import { columns } from '../text/columns.ts'
import { utc } from '../text/figures.ts'
import { inert, inertJson } from '../text/inert.ts'
import { showProgress } from '../validate/run-progress.ts'
import { runRunner } from '../validate/runner-process.ts'
import { stateFolder } from '../validate/state-place.ts'
import { keyId, openStatement, ownKey, publicKey, signedBy } from '../validate/verify-statement.ts'

/** `weir validate verify`: whether a statement was signed by that key, and what it says. */
export function verifyStatement(path: string, options: { key?: string; state?: string }, screen: Console): Exit {
  const { envelope, payload, statement } = openStatement(resolve(HERE, path))
  const key = options.key === undefined ? ownKey(stateFolder(options.state)) : publicKey(resolve(HERE, options.key))
  const by = key === null ? null : signedBy(envelope, payload, key)
  const { outcome, environment, varying } = statement.predicate
  if (by === null) {
    const ids = envelope.signatures.map(({ keyid }) => keyid).join(', ')
    screen.out(screen.ink.alarm(`not verified: no good signature by ${key === null ? 'a known key' : keyId(key)}`))
    screen.out(`it names   ${inert(ids)}`)
    if (options.key === undefined) screen.tell("      Give the runner's public key with --key FILE.")
    return EXIT.attention
  }
  screen.out(`signed by  ${by}`)
  screen.out(
    `run        ${utc(String(varying.startedAt)) ?? 'unknown'}, ${inert(environment.tier.tier)} (${inert(environment.tier.says)})`,
  )
  const rows = [
    ...statement.subject.map(({ name, digest }) => [inert(name), inert(digest.sha256)]),
    ...outcome.reproducers.map((one) => [`verdict on ${inert(one.reproducer)}`, inert(one.verdict)]),
    ...outcome.patches.map((one) => [`patch ${inert(one.patch)}`, inert(one.standing)]),
  ]
  for (const line of columns(rows, [{ most: 40 }, { most: 64 }])) screen.out(line)
  return EXIT.done
}

/** `weir validate replay`: runs it again here and says what differs. */
export async function replayStatement(
  statement: string,
  proof: string,
  options: { out?: string; state?: string; json?: boolean },
  screen: Console,
  signal: AbortSignal,
): Promise<Exit> {
  const path = resolve(HERE, statement)
  openStatement(path)
  const out = options.out === undefined ? null : resolve(HERE, options.out)
  const job = { do: 'replay', statement: path, proofFile: resolve(HERE, proof), out } as const
  const progress = showProgress(screen)
  let replayed: Extract<RunnerLine, { event: 'replayed' }> | null = null
  try {
    const take = (line: RunnerLine) => {
      if (line.event === 'progress') progress.show(line)
      else if (line.event === 'replayed') replayed = line
    }
    await runRunner(['local', '--state', stateFolder(options.state)], job, take, signal)
  } finally {
    progress.clear()
  }
  if (replayed === null) throw new Stop(EXIT.unavailable, 'The runner ended without a result.')
  const { agrees, differs } = replayed as Extract<RunnerLine, { event: 'replayed' }>
  if (options.json) screen.out(inertJson(JSON.stringify({ agrees, differs })))
  else {
    screen.out(agrees ? 'It agrees: the same inputs came to the same outcome.' : screen.ink.alarm('It does not agree.'))
    for (const line of differs) screen.out(`  ${inert(line, 600)}`)
  }
  return agrees ? EXIT.done : EXIT.attention
}

/** `weir validate check`: sandboxes, what lacks, the key. */
export async function checkSandbox(
  options: { state?: string; json?: boolean },
  screen: Console,
  signal: AbortSignal,
): Promise<Exit> {
  const state = stateFolder(options.state)
  let tiers: Extract<RunnerLine, { event: 'tiers' }> | null = null
  const take = (line: RunnerLine) => {
    if (line.event === 'tiers') tiers = line
  }
  await runRunner(['local', '--state', state], { do: 'tiers' }, take, signal)
  if (tiers === null) throw new Stop(EXIT.unavailable, 'The runner ended without an answer.')
  const { here, lacking } = tiers as Extract<RunnerLine, { event: 'tiers' }>
  const key = ownKey(state)
  if (options.json) screen.out(inertJson(JSON.stringify({ here, lacking, key: key === null ? null : keyId(key) })))
  else {
    for (const { tier, says, memory } of here)
      screen.out(
        `${'ok'.padEnd(9)}  ${tier.padEnd(14)} ${inert(says)}${memory === 'watched' ? '; memory is held by watching' : ''}`,
      )
    for (const { tier, say, mend } of lacking) {
      screen.out(`${screen.ink.soon('without'.padEnd(9))}  ${tier.padEnd(14)} ${inert(say)}`)
      screen.out(`${' '.repeat(26)}${screen.ink.strong(inert(mend))}`)
    }
    screen.out(`${'key'.padEnd(9)}  ${key === null ? 'none yet: made at the first run' : keyId(key)}`)
    if (here.length === 0) screen.out('\nThere is no sandbox here: nothing can be validated on this machine.')
  }
  return here.length === 0 ? EXIT.unavailable : EXIT.done
}

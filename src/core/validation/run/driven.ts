import type { RunAsk } from '../ask.ts'
import { claimedResource } from '../crash/kinds.ts'
import type { Claim, Oracle, Proof } from '../proof.ts'
import type { Harness } from '../recipe.ts'
import type { DriveItem, DrivePlan } from './drive.ts'
import { harnessArgv } from './harness-argv.ts'
import type { Load } from './load.ts'
import { DRIVE_REPORT, GIVEN_TREE, inputPath, SANITIZER_LOGS, STAGED, TREE } from './places.ts'
import { runLimits } from './run-limits.ts'
import { runEnv } from './sanitizer-env.ts'
import type { Laid } from './single.ts'

/** One load with what lies beside it, for the driver. */
export interface Driven {
  readonly load: Load
  readonly oracle: Oracle
  readonly claim: Claim | null
  readonly beside: Laid
}

/** Where the driver lies in every sandbox. */
const DRIVER = ['/weir/node', '/weir/inside/driver.mjs']
/** In a batch a hanging input costs this much at most, unless hanging is the flaw. */
const BATCH_WALL_MS = 10_000
/** What the driver itself may take beside its items. */
const OWN_MS = 10_000
const KEEP_ONE = 1 << 20
const KEEP_MANY = 64 << 10

/** One run of the driver over some loads, in one fresh sandbox. */
export function drivenAsk(proof: Proof, entry: string, harness: Harness, items: readonly Driven[], purpose: string): RunAsk {
  const limits = runLimits(proof.recipe)
  const alone = items.length === 1
  const files: { path: string; bytes: Uint8Array; executable?: boolean }[] = []
  const planned = items.map((item, i) => itemOf(proof, harness, item, `${STAGED}/${i}`, alone, files))
  const total = planned.reduce((sum, item) => sum + item.wallMs + readyMs(item), 0)
  // Never more than ten minutes: what was not begun by then is asked for again.
  const budgetMs = Math.min(total, 600_000)
  const longest = planned.reduce((most, item) => Math.max(most, item.wallMs + readyMs(item)), 0)
  const copies = harness.writable === true
  const plan: DrivePlan = {
    budgetMs,
    keepBytes: alone ? KEEP_ONE : KEEP_MANY,
    env: runEnv(proof.recipe, harness.kind === 'server'),
    copyTree: copies ? GIVEN_TREE : null,
    items: planned,
  }
  return {
    ask: 'run',
    purpose,
    image: proof.recipe.image,
    mounts: [{ entry, at: copies ? GIVEN_TREE : TREE }],
    files,
    argv: DRIVER,
    env: {},
    cwd: '/work',
    stdin: new TextEncoder().encode(JSON.stringify(plan)),
    limits: { ...limits, wallMs: budgetMs + longest + OWN_MS, cpuSeconds: Math.max(limits.cpuSeconds, 600) },
    network: harness.kind === 'server' ? 'own-loopback' : (harness.network ?? 'none'),
    get: [DRIVE_REPORT],
    keep: null,
  }
}

function itemOf(
  proof: Proof,
  harness: Harness,
  item: Driven,
  folder: string,
  alone: boolean,
  files: { path: string; bytes: Uint8Array; executable?: boolean }[],
): DriveItem {
  const wall = runLimits(proof.recipe).wallMs
  const wallMs = alone || claimedResource(item.claim) === 'wall-time' ? wall : Math.min(wall, BATCH_WALL_MS)
  const lay: { from: string; to: string }[] = []
  const stage = (to: string, bytes: Uint8Array, executable: boolean) => {
    const from = `${folder}-${lay.length}`
    files.push({ path: from, bytes, executable })
    lay.push({ from, to })
    return to
  }
  for (const one of item.beside) stage(one.path, one.bytes, one.executable ?? false)
  const look = item.oracle.kind === 'file' ? item.oracle.path : null
  if (harness.kind === 'server') {
    const requests = item.load.kind === 'exchange' ? item.load.requests : [item.load.bytes]
    const waitMs = item.load.kind === 'exchange' ? item.load.waitMs : 1000
    const paths = requests.map((bytes, i) => stage(`/in/request-${i}`, bytes, false))
    const server = {
      port: harness.port,
      readyMs: harness.readyMs,
      stop: harness.stop,
      requests: paths,
      waitMs,
      logs: SANITIZER_LOGS,
    }
    return { lay, argv: [...harness.run], stdin: null, wallMs, look, server }
  }
  const bytes = item.load.kind === 'file' ? item.load.bytes : (item.load.requests[0] ?? new Uint8Array())
  const path = inputPath(item.load.kind === 'file' ? (item.load.extension ?? '') : '')
  stage(path, bytes, harness.kind === 'script')
  const { argv, stdin } = harnessArgv(proof.recipe, harness, path)
  return { lay, argv, stdin: stdin ? path : null, wallMs, look, server: null }
}

function readyMs(item: DriveItem): number {
  return item.server?.readyMs ?? 0
}

import { availableParallelism } from 'node:os'
import type { Limits } from '../../core/sandbox/limits.ts'
import type { Cgroup, CgroupMaker } from '../cgroup/cgroup.ts'
import type { Room } from '../room.ts'
import { bundleOf } from './gvisor-bundle.ts'
import type { GvisorRoom } from './gvisor-room.ts'
import { spawnGvisor } from './gvisor-spawn.ts'
import type { GvisorTools } from './gvisor-tools.ts'
import type { Held, InnerProcess, StartSpec, TierImplementation } from './implementation.ts'
import type { UidPool } from './uid-pool.ts'
import { placesOf, watchBy } from './watch.ts'

export interface GvisorParts {
  readonly tools: GvisorTools
  readonly room: Room
  readonly own: GvisorRoom
  readonly cgroups: CgroupMaker
  readonly uids: UidPool
  readonly owner: string
}

/** What gVisor's own kernel, its file server and its runner keep in memory, beside what is the program's. */
const OWN_BYTES = 24 << 20
/** Of the host's threads: those of gVisor itself, and of each of the program's what runs and serves it. */
const OWN_THREADS = 80
const THREADS_EACH = 4

/**
 * The tier with a kernel of its own in user space (gVisor), of a root launcher: it runs as users that nobody has, without any right on
 * the host, in control groups. Addresses inside stay random: that kernel has no way to turn it off.
 */
export function gvisorTier(parts: GvisorParts): TierImplementation {
  const { tools, cgroups, uids, owner } = parts
  let count = 0
  return {
    facts: {
      tier: 'gvisor',
      says: `gVisor runsc ${tools.version} on ${tools.platform}, cgroup ${cgroups.version.slice(-2)}, seccomp allow list, users of its own, addresses random`,
      memory: cgroups.version,
      addressRandomisation: 'on',
    },
    start: async (spec) => {
      const users = { runsc: uids.take(), files: uids.take() }
      const group = cgroups.make(`weir-${owner}-g${++count}`, limitsAround(spec.limits), availableParallelism())
      const giveBack = async () => {
        if (group !== null) await removeSoon(group)
        for (const uid of Object.values(users)) if (uid !== null) uids.give(uid)
      }
      try {
        if (users.runsc === null || users.files === null)
          throw new Error('every user kept for sandboxes is in use: close one first')
        if (group === null) throw new Error('the kernel took no control group for the sandbox')
        return await startAs(parts, spec, { runsc: users.runsc, files: users.files }, group, giveBack)
      } catch (error) {
        await giveBack()
        throw error
      }
    },
  }
}

function limitsAround(limits: Limits): Limits {
  return {
    ...limits,
    memoryBytes: limits.memoryBytes + OWN_BYTES,
    processes: THREADS_EACH * limits.processes + OWN_THREADS,
  }
}

async function startAs(
  { tools, room, own }: GvisorParts,
  spec: StartSpec,
  users: { readonly runsc: number; readonly files: number },
  group: Cgroup,
  giveBack: () => Promise<void>,
): Promise<InnerProcess> {
  const { joins, mayJoin } = group
  const bundle = bundleOf(spec, room, own)
  const spawned = await spawnGvisor({ tools, joins, mayJoin, users, bundle, place: own.place })
  const atStart = group.peakBytes() ?? 0
  let kills = group.kills()
  const excess = (first: number): Held | null => {
    // The kernel may kill one part of gVisor and leave the others waiting for it.
    if (group.kills() > kills) return 'memory'
    return (placesOf(first, `${own.place}/places`)?.files ?? 0) > spec.limits.files ? 'files' : null
  }
  const watch = watchBy(spawned, excess)
  return {
    ask: spawned.ask,
    onRecord: spawned.onRecord,
    ended: spawned.ended,
    kill: spawned.kill,
    begin: () => {
      kills = group.kills()
      group.resetPeak()
    },
    held: () => (group.kills() > kills ? 'memory' : watch.held()),
    peakBytes: () => Math.max(0, (group.peakBytes() ?? 0) - atStart) || null,
    release: async () => {
      watch.stop()
      await giveBack()
    },
  }
}

const TRIES = 100
const TRY_MS = 10

async function removeSoon(group: Cgroup): Promise<void> {
  for (let turn = 0; turn < TRIES && !group.remove(); turn++) await new Promise((resolve) => setTimeout(resolve, TRY_MS))
}

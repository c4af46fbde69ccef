import { mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { RUN_LIMITS } from '../core/sandbox/limits.ts'
import type { TierLack } from '../core/sandbox/tier.ts'
import type { CgroupMaker } from './cgroup/cgroup.ts'
import { machineFiles } from './cgroup/files.ts'
import { findCgroups } from './cgroup/mounts.ts'
import { cgroupV1 } from './cgroup/v1.ts'
import { cgroupV2 } from './cgroup/v2.ts'
import { type DepotFolders, openDepot } from './depot/folders.ts'
import { isOrphaned, ownerName } from './owner.ts'
import { prepareRoom } from './room.ts'
import { gvisorTier } from './tiers/gvisor.ts'
import { prepareGvisorRoom } from './tiers/gvisor-room.ts'
import { findGvisor } from './tiers/gvisor-tools.ts'
import type { TierImplementation } from './tiers/implementation.ts'
import { mayDropUsers, namespaceTier } from './tiers/namespace.ts'
import { namespaceUserTier } from './tiers/namespace-user.ts'
import { findTools, type Missing } from './tiers/tools.ts'
import { SANDBOX_GROUP, UidPool } from './tiers/uid-pool.ts'

export interface Prepared {
  readonly folders: DepotFolders
  /** In the order of preference: a sandbox is of the first that reaches its floor. */
  readonly tiers: readonly TierImplementation[]
  readonly lacking: readonly TierLack[]
  close(): void
}

/** Looks at what this machine has and makes ready what every sandbox shares; removes what processes that are gone left behind. */
export function prepare(depot: string): Prepared {
  const owner = ownerName(process.pid) ?? String(process.pid)
  const drops = mayDropUsers()
  const folders = openDepot(depot, owner, drops ? SANDBOX_GROUP : null)
  const uids = new UidPool()
  const close = () => uids.close()
  const tools = findTools()
  const missing = 'say' in tools ? tools : drops ? shutFolder(depot) : null
  if ('say' in tools || missing !== null) return { folders, tiers: [], lacking: bothLack(missing ?? (tools as Missing)), close }
  const room = prepareRoom(folders.room)
  const user = namespaceUserTier({ tools, room, uids: drops ? uids : null })
  if (!drops) return { folders, tiers: [user], lacking: withoutRoot(NOT_ROOT, 'run the runner as root'), close }
  const cgroups = findMaker(owner)
  if (cgroups === null) return { folders, tiers: [user], lacking: withoutRoot(NO_CGROUP, CGROUP_MEND), close }
  cgroups.clear(isOrphaned)
  const tiers = [namespaceTier({ tools, room, cgroups, uids, owner }), user]
  const gvisor = findGvisor()
  if ('say' in gvisor) return { folders, tiers, lacking: [{ tier: 'gvisor', ...gvisor }], close }
  const own = prepareGvisorRoom(join(folders.room, 'gvisor'), tools)
  if (own !== null) tiers.push(gvisorTier({ tools: gvisor, room, own, cgroups, uids, owner }))
  return { folders, tiers, lacking: [], close }
}

/** What needs root and control groups, and so is not here. */
function withoutRoot(say: string, mend: string): TierLack[] {
  return (['namespace', 'gvisor'] as const).map((tier) => ({ tier, say, mend }))
}

const NOT_ROOT = 'only root can give each sandbox a user of its own and a control group'
const NO_CGROUP = 'no control group for memory and processes can be made'
const CGROUP_MEND =
  'mount -o remount,rw /sys/fs/cgroup, or start the container with --cgroupns=private and write access to its group'

function findMaker(owner: string): CgroupMaker | null {
  const places = findCgroups(machineFiles)
  for (const maker of [cgroupV1(machineFiles, places), cgroupV2(machineFiles, places, process.pid)]) {
    // Tried once: a container may show the groups and refuse to make any.
    const trial = maker?.make(`weir-${owner}-0`, RUN_LIMITS, 1)
    trial?.remove()
    if (maker !== null && trial != null) return maker
  }
  return null
}

function bothLack({ say, mend }: Missing): TierLack[] {
  return (['namespace', 'namespace-user', 'gvisor'] as const).map((tier) => ({ tier, say, mend }))
}

/** The first folder above the depot that the dropped user could not pass. */
function shutFolder(depot: string): Missing | null {
  mkdirSync(depot, { recursive: true })
  const above: string[] = []
  for (let at = dirname(depot); at !== '/'; at = dirname(at)) above.push(at)
  const shut = above.reverse().find((folder) => (statSync(folder).mode & 0o001) === 0)
  if (shut === undefined) return null
  return { say: `the sandboxes' users cannot reach the depot: ${shut} is closed to others`, mend: `chmod o+x ${shut}` }
}

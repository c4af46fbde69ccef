import type { Limits } from '../../core/sandbox/limits.ts'
import { type Cgroup, type CgroupMaker, fieldOf, KEPT_FREE, killMembers, OWN_PROCESSES } from './cgroup.ts'
import type { CgroupFiles } from './files.ts'
import type { CgroupPlaces } from './mounts.ts'

const NEEDED = ['memory', 'pids'] as const
const PERIOD_US = 100_000
/** One of so many parts of the memory may stand in connections, besides the memory itself. */
const TCP_SHARE = 8

/** Groups in the first version's hierarchies, below this process's own; null where memory and pids cannot both be had. */
export function cgroupV1(files: CgroupFiles, places: CgroupPlaces): CgroupMaker | null {
  if (!NEEDED.every((name) => places.v1.has(name))) return null
  const memory = places.v1.get('memory')!
  const pids = places.v1.get('pids')!
  const cpu = places.v1.get('cpu')
  const needed = [...new Set([memory, pids])]
  const parents = [...new Set([...needed, ...(cpu === undefined ? [] : [cpu])])]
  return {
    version: 'cgroup-v1',
    make: (name, limits, processors) => {
      const folders = parents.map((parent) => `${parent}/${name}`)
      const made = folders.every((folder) => files.makeFolder(folder))
      const group = groupOf(files, `${memory}/${name}`, folders, needed.length)
      if (made && setLimits(limits, processors)) return group
      group.remove()
      return null

      function setLimits({ memoryBytes, processes }: Limits, cpus: number): boolean {
        const at = `${memory}/${name}`
        const held = files.write(`${at}/memory.limit_in_bytes`, String(memoryBytes))
        // After the plain limit, which it may not be below. Where swap is not accounted there is no such file.
        const swap = `${at}/memory.memsw.limit_in_bytes`
        const swapHeld = !files.exists(swap) || files.write(swap, String(memoryBytes))
        // The buffers of TCP, over the sandbox's own loopback too, are not part of the plain limit in this version.
        const tcp = `${at}/memory.kmem.tcp.limit_in_bytes`
        const tcpHeld = !files.exists(tcp) || files.write(tcp, String(Math.floor(memoryBytes / TCP_SHARE)))
        const counted = files.write(`${pids}/${name}/pids.max`, String(processes + OWN_PROCESSES))
        if (cpu !== undefined) {
          files.write(`${cpu}/${name}/cpu.cfs_period_us`, String(PERIOD_US))
          files.write(`${cpu}/${name}/cpu.cfs_quota_us`, String(Math.floor((PERIOD_US * (100 * cpus - KEPT_FREE)) / 100)))
        }
        return held && swapHeld && tcpHeld && counted
      }
    },
    clear: (isOrphaned) => {
      for (const parent of parents)
        for (const name of files.list(parent))
          if (name.startsWith('weir-') && isOrphaned(name))
            groupOf(files, `${parent}/${name}`, [`${parent}/${name}`], 1).remove()
    },
  }
}

/** The first `needed` of the folders must be joined; where the processor's refuses (a real-time launcher), the sandbox does without. */
function groupOf(files: CgroupFiles, memory: string, folders: readonly string[], needed: number): Cgroup {
  // The shell moves itself and is one thread. By `tasks` that needs no lock on all threads of the machine, which costs 11 ms.
  const joins = folders.map((folder) => `${folder}/tasks`)
  return {
    joins: joins.slice(0, needed),
    mayJoin: joins.slice(needed),
    kills: () => fieldOf(files.read(`${memory}/memory.oom_control`), 'oom_kill'),
    peakBytes: () => Number(files.read(`${memory}/memory.max_usage_in_bytes`)) || null,
    resetPeak: () => void files.write(`${memory}/memory.max_usage_in_bytes`, '0'),
    remove: () => {
      for (const folder of folders) {
        killMembers(files, folder)
        files.removeFolder(folder)
      }
      return folders.every((folder) => !files.exists(folder))
    },
  }
}

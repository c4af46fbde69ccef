import { existsSync } from 'node:fs'
import { hostRoot, imageRoot } from '../host-root.ts'
import type { Room } from '../room.ts'
import type { StartSpec } from './implementation.ts'

/** Descriptors that bubblewrap and the agent get; no others are open. */
export const SEEN_BY_AGENT = { requests: 3, records: 4 } as const
export const STATUS = 5
export const FILTER = 6

/** Places under /proc that tell about the host's kernel, or reach it. */
const MASKED = [
  'kcore',
  'keys',
  'key-users',
  'timer_list',
  'sched_debug',
  'kallsyms',
  'kmsg',
  'kpagecount',
  'kpageflags',
  'latency_stats',
]
const MASKED_FOLDERS = ['acpi', 'scsi']

/** bubblewrap's arguments for one sandbox, up to and with the agent's command line. `nproc`: a limit that the agent sets inside. */
export function wallArguments(spec: StartSpec, room: Room, nproc: number | null): string[] {
  const { diskBytes } = spec.limits
  const open = (at: string, mode: string) => ['--perms', mode, '--size', String(diskBytes), '--tmpfs', at]
  return [
    ...['--unshare-all', '--unshare-user', '--disable-userns', '--die-with-parent', '--new-session', '--as-pid-1'],
    ...['--cap-drop', 'ALL', '--uid', '1000', '--gid', '1000', '--hostname', 'sandbox', '--clearenv'],
    ...(spec.image === null ? hostRoot() : imageRoot(spec.image.folder)),
    ...['--ro-bind', room.etcOf(spec.image), '/etc'],
    ...['--dir', '/run', '--dir', '/src', '--perms', '0755', '--dir', '/var', '--symlink', '/tmp', '/var/tmp'].slice(
      0,
      spec.image === null ? undefined : 4,
    ),
    ...['--proc', '/proc', '--ro-bind', '/proc/sys', '/proc/sys'],
    ...MASKED.filter((name) => existsSync(`/proc/${name}`)).flatMap((name) => ['--ro-bind', '/dev/null', `/proc/${name}`]),
    ...MASKED_FOLDERS.filter((name) => existsSync(`/proc/${name}`)).flatMap((name) => [
      ...['--tmpfs', `/proc/${name}`, '--remount-ro', `/proc/${name}`],
    ]),
    ...['--dev', '/dev', ...open('/dev/shm', '1777'), '--remount-ro', '/dev'],
    ...[...open('/work', '0755'), ...open('/in', '0755'), ...open('/tmp', '1777'), ...open('/out', '0755')],
    ...spec.mounts.flatMap(({ source, at }) => ['--ro-bind', source, at]),
    ...['--ro-bind', room.node, '/weir/node', '--ro-bind', room.inside, '/weir/inside', '--ro-bind', spec.io, '/weir/io'],
    ...['--ro-bind', room.witness, '/weir/witness', '--ro-bind', room.shellOf(spec.image), '/weir/sh'],
    ...['--remount-ro', '/', '--chdir', '/work', '--json-status-fd', String(STATUS), '--seccomp', String(FILTER)],
    ...['/weir/sh', '/weir/inside/agent.sh', nproc === null ? '' : String(nproc)],
  ]
}

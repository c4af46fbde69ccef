import { statSync } from 'node:fs'
import { hostRoot, imageRoot } from '../host-root.ts'
import type { Room } from '../room.ts'
import type { StartSpec } from './implementation.ts'

/** Descriptors that bubblewrap and the agent get; no others are open. */
export const SEEN_BY_AGENT = { requests: 3, records: 4 } as const
export const STATUS = 5
export const FILTER = 6

/** Places under /proc that tell about the host's kernel, or reach it. */
const MASKED = ['kcore', 'keys', 'key-users', 'timer_list', 'sched_debug', 'kallsyms', 'kmsg', 'kpagecount', 'kpageflags']
const MASKED_FOLDERS = ['acpi', 'scsi', 'driver']

/**
 * Those that are here and that others may open. Nobody inside is root in any namespace that owns them, so the rest refuse by
 * themselves, and each mount that is spared is time won.
 */
function maskArguments(): string[] {
  const isOpen = (name: string) => ((statSync(`/proc/${name}`, { throwIfNoEntry: false })?.mode ?? 0) & 0o006) !== 0
  return [
    ...MASKED.filter(isOpen).flatMap((name) => ['--ro-bind', '/dev/null', `/proc/${name}`]),
    ...MASKED_FOLDERS.filter(isOpen).flatMap((name) => ['--tmpfs', `/proc/${name}`, '--remount-ro', `/proc/${name}`]),
  ]
}

/** bubblewrap's arguments for one sandbox, up to and with the agent's command line. `nproc`: a limit that the agent sets inside. */
export function wallArguments(spec: StartSpec, room: Room, nproc: number | null): string[] {
  const { diskBytes } = spec.limits
  const place = (at: string, mode: string) => ['--perms', mode, '--size', String(diskBytes), '--tmpfs', at]
  return [
    ...['--unshare-all', '--unshare-user', '--disable-userns', '--die-with-parent', '--new-session', '--as-pid-1'],
    ...['--cap-drop', 'ALL', '--uid', '1000', '--gid', '1000', '--hostname', 'sandbox', '--clearenv'],
    ...(spec.image === null ? hostRoot() : imageRoot(spec.image.folder)),
    ...['--ro-bind', room.etcOf(spec.image), '/etc', '--dir', '/run', '--dir', '/src'],
    ...(spec.image === null ? ['--perms', '0755', '--dir', '/var', '--symlink', '/tmp', '/var/tmp'] : []),
    ...['--proc', '/proc', '--ro-bind', '/proc/sys', '/proc/sys'],
    ...maskArguments(),
    ...['--dev', '/dev', ...place('/dev/shm', '1777'), '--remount-ro', '/dev'],
    ...[...place('/work', '0755'), ...place('/in', '0755'), ...place('/tmp', '1777'), ...place('/out', '0755')],
    ...spec.mounts.flatMap(({ source, at }) => ['--ro-bind', source, at]),
    ...room.nodeOf(spec.image).flatMap(({ source, at }) => ['--ro-bind', source, at]),
    ...['--ro-bind', room.inside, '/weir/inside', '--ro-bind', spec.io, '/weir/io'],
    ...['--ro-bind', room.witness, '/weir/witness', '--ro-bind', room.shellOf(spec.image), '/weir/sh'],
    ...['--remount-ro', '/', '--chdir', '/work', '--json-status-fd', String(STATUS), '--seccomp', String(FILTER)],
    ...['/weir/sh', '/weir/inside/agent.sh', nproc === null ? '' : String(nproc)],
  ]
}

import type { Area, Attempt } from './attempt.ts'
import { ARCHIVE_SCENARIOS } from './scenarios/archives.ts'
import { OUTPUT_SCENARIOS } from './scenarios/output.ts'
import { RESULT_SCENARIOS } from './scenarios/results.ts'
import { SESSION_SCENARIOS } from './scenarios/sessions.ts'
import { BOMB_ATTEMPTS } from './tables/bombs.ts'
import { FILE_ATTEMPTS } from './tables/files.ts'
import { KERNEL_ATTEMPTS } from './tables/kernel.ts'
import { PROCESS_ATTEMPTS } from './tables/processes.ts'

/** Every attempt of the suite. */
export const ATTEMPTS: readonly Attempt[] = [
  ...FILE_ATTEMPTS,
  ...KERNEL_ATTEMPTS,
  ...PROCESS_ATTEMPTS,
  ...BOMB_ATTEMPTS,
  ...SESSION_SCENARIOS,
  ...OUTPUT_SCENARIOS,
  ...RESULT_SCENARIOS,
  ...ARCHIVE_SCENARIOS,
]

/** What an area is called and what holds it. */
export const AREAS: Readonly<Record<Area, { readonly title: string; readonly holds: string }>> = {
  'host-files': {
    title: 'Files of the host',
    holds: 'a root of its own, put together from read-only binds; nothing of the host is there but /usr and a made-up /etc',
  },
  'other-runs': {
    title: 'Files of other runs',
    holds: 'every writable place is a tmpfs of one sandbox; IPC, network and process namespaces of its own',
  },
  environment: { title: 'Environment', holds: 'every program of the chain is started with an empty environment' },
  descriptors: {
    title: 'Inherited descriptors',
    holds: 'the sandbox process closes what it inherited and passes on only the streams',
  },
  proc: { title: '/proc and /sys', holds: '/proc of its own process namespace, /proc/sys read-only, the rest masked; no /sys' },
  network: {
    title: 'Network',
    holds: 'a network namespace of its own; the seccomp list lets through Unix sockets, and IP only where asked for',
  },
  processes: { title: 'Other processes', holds: 'a process namespace of its own, an unused user on the host, seccomp' },
  namespaces: {
    title: 'Nested namespaces',
    holds: 'seccomp on unshare, setns and the flags of clone; no clone3; no further user namespaces',
  },
  privileges: {
    title: 'Privileges',
    holds: 'no capability in any set, no_new_privs, nosuid mounts, setuid bits dropped from what is unpacked',
  },
  mounts: { title: 'Mounts', holds: 'no capability, seccomp on every call that mounts' },
  kernel: { title: 'Parts of the kernel', holds: 'the seccomp list names what is allowed; foreign architectures are killed' },
  devices: {
    title: 'Devices and terminals',
    holds: 'a /dev of harmless devices, read-only, nodev mounts; no terminal; seccomp on TIOCSTI and TIOCLINUX',
  },
  cgroups: { title: 'Cgroups', holds: 'no cgroup file system inside, no way to mount one' },
  bombs: {
    title: 'Bombs',
    holds: 'cgroup limits, or watching where there are none; RLIMIT_NPROC and NOFILE; sized tmpfs; counted files',
  },
  time: { title: 'Time', holds: 'wall-clock kill of the whole process namespace, RLIMIT_CPU, no core files' },
  output: { title: 'Output', holds: 'streams are read to the end, kept up to a cap, and leave as counted bytes' },
  results: {
    title: 'Results',
    holds: 'only plain files and folders leave; names and sizes are judged outside; no link is followed',
  },
  archives: { title: 'Archives', holds: 'unpacked by a bounded reader of our own that judges every name, kind and size' },
  agent: {
    title: 'The inner part',
    holds: 'the first process cannot be signalled, read or traced; what it says is not believed where the host can know',
  },
}

import { type Program, tries } from '../attempt.ts'

/** Other processes, namespaces, privileges, mounts and cgroups. */
export const PROCESS_ATTEMPTS: readonly Program[] = [
  ...[
    ['send-signal', 'end a process of the host'],
    ['pidfd-signal', 'signal it through a pidfd'],
    ['pidfd-steal', 'take a descriptor of it'],
    ['trace-attach', 'trace it'],
    ['memory-read', 'read its memory'],
    ['memory-write', 'write its memory'],
    ['memory-file', 'write its memory through /proc/PID/mem'],
    ['slow-down', 'change its priority'],
    ['pin', 'pin it to a processor'],
    ['limit-other', 'read its limits'],
  ].map(([name, says]) =>
    tries('processes', name!, says!, (g) => [name!, ...g.victim], {
      outside: async (g) => [name!, ...(await g.freshVictim())],
    }),
  ),
  tries('processes', 'signal-launcher', 'end the sandbox process', (g) => ['send-signal', String(g.launcher())], {
    outside: async (g) => ['send-signal', ...(await g.freshVictim())],
  }),
  tries('processes', 'signal-all', 'kill everything there is', (g) => ['signal-all', g.victim[0]!], {
    outside: async (g) => ['signal-all', (await g.freshVictim())[0]!, 'only'],
    ends: ['signal'],
  }),
  tries('processes', 'trace-child', "trace one's own child", () => ['trace-child']),
  tries('processes', 'shared-memory', "attach a System V segment of the host's", (g) => ['shared-memory', g.shmKey]),
  tries('processes', 'message-queue', 'open a POSIX message queue of the host', (g) => ['message-queue', g.queue]),

  ...['user', 'mnt', 'net', 'pid', 'ipc', 'uts', 'cgroup', 'time'].map((kind) =>
    tries('namespaces', `unshare-${kind}`, `unshare a ${kind} namespace`, () => ['by-unshare', kind], {
      ...(kind === 'user' ? {} : { as: 'root' as const }),
    }),
  ),
  tries('namespaces', 'unshare-all', 'unshare user, mount, net and pid at once', () => ['by-unshare-all']),
  tries('namespaces', 'clone-user', 'clone into a user namespace', () => ['by-clone', 'user']),
  tries('namespaces', 'clone-mnt', 'clone into a mount namespace', () => ['by-clone', 'mnt'], { as: 'root' }),
  tries('namespaces', 'clone3-user', 'clone3 into a user namespace', () => ['by-clone3', 'user']),
  ...['mnt', 'net', 'pid', 'user'].map((kind) =>
    tries('namespaces', `setns-${kind}`, `enter a ${kind} namespace by /proc`, () => ['by-setns', '1', kind], {
      outside: () => ['in-namespaces', 'by-setns', 'self', kind === 'user' ? 'mnt' : kind],
    }),
  ),
  tries('namespaces', 'setns-self', "enter one's own network namespace again", () => ['by-setns', 'self', 'net'], {
    outside: () => ['in-namespaces', 'by-setns', 'self', 'net'],
  }),
  tries('namespaces', 'setns-pidfd', 'enter a namespace by a pidfd', () => ['by-pidfd', '1', 'net'], {
    outside: () => ['in-namespaces', 'by-pidfd', '1', 'net'],
  }),

  tries('privileges', 'become-root', 'become user 0', () => ['become-root'], { as: 'root' }),
  tries('privileges', 'join-groups', 'join groups', () => ['join-groups'], { as: 'root' }),
  tries('privileges', 'raise-capabilities', 'raise CAP_SYS_ADMIN', () => ['raise-capabilities'], { as: 'root' }),
  tries('privileges', 'any-capability', 'have any capability', () => ['any-capability'], { as: 'root' }),
  tries('privileges', 'new-privileges', 'be able to gain privileges', () => ['new-privileges']),
  tries('privileges', 'planted-setuid', 'run a setuid file that came with the inputs', () => ['run-file', '/in/kit/setuid'], {
    outside: () => ['own-setuid', '/proc/self/exe', '0'],
    as: 'root',
  }),
  tries('privileges', 'own-setuid', 'make a setuid file and run it', () => ['own-setuid', '/in/kit/attempts'], {
    outside: () => ['own-setuid', '/proc/self/exe', '0'],
    as: 'root',
  }),
  ...['/usr/bin/su', '/usr/bin/passwd', '/usr/bin/mount'].map((file) =>
    tries('privileges', `system-${file.slice(9)}`, `run ${file} as root`, () => ['system-setuid', file], {
      outside: () => ['system-setuid', '/usr/bin/su'],
      as: 'user',
    }),
  ),
  tries('privileges', 'file-capability', 'give a file a capability', () => ['file-capability'], { as: 'root' }),
  tries('privileges', 'raise-limit', 'raise a hard limit', () => ['raise-limit'], { as: 'root', mayLack: true }),
  tries('privileges', 'first-in-line', 'run before all others (nice -20)', () => ['first-in-line'], { as: 'root' }),
  tries('privileges', 'real-time', 'run before all others (real time)', () => ['real-time'], { as: 'root' }),

  ...[
    ['mount-bind', 'bind / elsewhere'],
    ['mount-tmpfs', "mount a tmpfs of one's own size"],
    ['mount-overlay', 'make /usr writable by an overlay'],
    ['pivot', 'make another root'],
    ['tree-clone', 'copy a mount (open_tree)'],
    ['tree-move', 'move a mount (move_mount)'],
    ['fs-pick', 'set a file system up anew (fspick)'],
    ['set-attributes', 'change a mount (mount_setattr)'],
  ].map(([name, says]) => tries('mounts', name!, says!, () => [name!], { outside: () => ['in-namespaces', name!] })),
  ...['proc', 'sysfs', 'cgroup2', 'devpts'].map((kind) =>
    tries('mounts', `mount-${kind}`, `mount a ${kind}`, () => ['mount-kind', kind], {
      outside: () => ['in-namespaces', 'mount-kind', kind],
    }),
  ),
  ...['/', '/usr', '/proc/sys', '/in/kit'].map((path) =>
    tries('mounts', `remount-${path}`, `make ${path} writable again`, () => ['remount', path], {
      outside: () => ['in-namespaces', 'remount', 'own'],
    }),
  ),
  ...['/proc/sys', '/etc', '/proc'].map((path) =>
    tries('mounts', `umount-${path}`, `take ${path} off`, () => ['take-off', path], {
      outside: () => ['in-namespaces', 'take-off', 'own'],
    }),
  ),
  tries('mounts', 'fs-open', 'set up a file system (fsopen)', () => ['fs-open', 'tmpfs'], {
    outside: () => ['in-namespaces', 'fs-open', 'tmpfs'],
  }),
  tries('mounts', 'chroot-out', 'break out of the root', (g) => ['chroot-out', `.${g.secret}`], {
    outside: (g) => ['in-namespaces', 'chroot-out', `.${g.secret}`, 'from within'],
  }),

  tries('cgroups', 'join', 'leave the cgroup', (g) => ['write-path', `${g.cgroup}/cgroup.procs`, '0'], {
    outside: (g) => ['write-path', g.scratchGroup, '0'],
    as: 'root',
  }),
  tries('cgroups', 'release-agent', 'name a program for the host to run', (g) => ['open-write', `${g.cgroup}/release_agent`], {
    outside: (g) => ['open-write', g.scratchFile],
  }),
  tries('cgroups', 'list', 'list the cgroups', () => ['list-folder', '/sys/fs/cgroup']),
]

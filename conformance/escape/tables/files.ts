import { type Program, tries } from '../attempt.ts'

const shut = 'opens-for-writing'

/** Files of the host, the environment, inherited descriptors and /proc. */
export const FILE_ATTEMPTS: readonly Program[] = [
  tries('host-files', 'read-shadow', 'read /etc/shadow', () => ['read-path', '/etc/shadow'], { as: 'root' }),
  tries('host-files', 'read-planted', 'read a file that everybody may read', (g) => ['read-path', g.secret]),
  tries('host-files', 'read-dots', 'read it by a path of many ..', (g) => ['dot-dot', g.secret]),
  tries('host-files', 'read-symlink', 'read it through a symbolic link', (g) => ['through-symlink', g.secret]),
  tries('host-files', 'read-proc-root', 'read it through /proc/PID/root and cwd', (g) => ['through-proc', g.secret]),
  tries('host-files', 'read-handle', 'open it by file handle', (g) => ['by-handle', g.secret], { as: 'root' }),
  tries('host-files', 'read-dev-shm', "read the host's /dev/shm", (g) => ['read-path', g.shm]),
  tries('host-files', 'list-home', 'list /home', () => ['list-folder', '/home'], { outside: (g) => ['list-folder', g.folder] }),
  tries('host-files', 'list-ground', "list a folder of the host's /tmp", (g) => ['list-folder', g.folder]),
  tries('host-files', 'list-room', 'list the folder of the sandbox process', (g) => ['list-folder', g.room], { as: 'root' }),
  tries('host-files', 'list-depot', "list the depot by the host's path", (g) => ['list-folder', g.depot], { as: 'root' }),
  tries('host-files', 'list-var', 'list /var/log', () => ['list-folder', '/var/log']),
  tries('host-files', 'list-run', 'list /run', () => ['list-folder', '/run'], { outside: (g) => ['list-folder', g.folder] }),
  tries('host-files', 'machine-id', 'read /etc/machine-id', () => ['read-path', '/etc/machine-id'], {
    outside: (g) => ['read-path', g.secret],
  }),
  tries('host-files', 'host-name', "learn the host's name", (g) => ['host-name', g.hostName]),
  tries('host-files', 'write-planted', 'write a file that everybody may write', (g) => ['write-path', g.bait, 'escaped'], {
    outside: (g) => ['write-path', g.scratchFile, 'escaped'],
  }),
  ...['/', '/usr', '/usr/bin', '/etc', '/dev', '/proc', '/in/kit', '/weir', '/weir/inside'].map((path) =>
    tries('host-files', `create-in-${path}`, `create a file in ${path}`, () => ['create-in', path], {
      outside: (g) => ['create-in', g.scratch],
    }),
  ),
  tries('host-files', 'depot-write', 'write into a tree of the depot', () => ['write-path', '/in/kit/attempts', 'x'], {
    outside: (g) => ['write-path', g.scratchFile, 'x'],
  }),
  tries('host-files', 'depot-mode', 'change a mode in the depot', () => ['change-mode', '/in/kit/attempts'], {
    outside: (g) => ['change-mode', g.ownFile],
  }),
  tries('host-files', 'depot-remove', 'remove a file of the depot', () => ['remove-file', '/in/kit/spare'], {
    outside: (g) => ['remove-file', g.disposable()],
  }),
  tries('host-files', 'depot-link', 'link a file of the depot elsewhere', () => ['hard-link', '/in/kit/attempts'], {
    outside: (g) => ['hard-link', g.ownFile],
  }),
  tries('host-files', 'node-write', 'write the Node that runs the wall', () => ['open-write', '/weir/node'], {
    outside: (g) => ['open-write', g.scratchFile],
  }),

  tries('environment', 'own-environment', "find the launcher's variables in one's own", (g) => ['own-environment', g.marker], {
    env: (g) => ({ WEIR_MARKER: g.marker }),
  }),
  tries('environment', 'every-environ', 'find them in /proc/PID/environ', (g) => [
    'every-process',
    g.backwards.marker,
    'environ',
  ]),
  tries('environment', 'every-cmdline', "find the host's paths in /proc/PID/cmdline", (g) => [
    'every-process',
    g.backwards.place,
    'cmdline',
  ]),
  tries('environment', 'every-maps', "find the host's paths in /proc/PID/maps", (g) => [
    'every-process',
    g.backwards.place,
    'maps',
  ]),

  tries('descriptors', 'inherited', 'find any descriptor beyond the three', () => ['descriptors'], {
    gifts: (g) => [g.gift.file],
  }),
  tries('descriptors', 'inherited-folder', 'open a file through an inherited folder', () => ['descriptor-up', 'secret'], {
    gifts: (g) => [g.gift.folder],
  }),
  tries('descriptors', 'inherited-socket', 'send through an inherited socket', () => ['descriptor-socket'], {
    gifts: () => ['pipe'],
  }),

  ...[
    '/proc/sys/kernel/core_pattern',
    '/proc/sys/kernel/modprobe',
    '/proc/sys/kernel/hostname',
    '/proc/sys/vm/drop_caches',
    '/proc/sys/vm/overcommit_memory',
    '/proc/sys/fs/suid_dumpable',
    '/proc/sys/kernel/randomize_va_space',
    '/proc/sysrq-trigger',
    '/proc/irq/default_smp_affinity',
  ].map((path) =>
    tries('proc', `${shut}-${path}`, `open ${path} for writing`, () => ['open-write', path], { as: 'root', mayLack: true }),
  ),
  tries(
    'proc',
    'oom-score',
    'take oneself from the out-of-memory killer',
    () => ['write-path', '/proc/self/oom_score_adj', '-1000'],
    {
      outside: (g) => ['write-path', g.scratchFile, '-1000'],
    },
  ),
  tries('proc', 'kcore', "read the kernel's memory", () => ['read-path', '/proc/kcore'], { as: 'root', mayLack: true }),
  tries('proc', 'kmsg', "read the kernel's messages", () => ['read-path', '/proc/kmsg'], {
    outside: () => ['kernel-log'],
    as: 'root',
  }),
  tries('proc', 'keys', 'read /proc/keys', () => ['read-path', '/proc/keys'], { as: 'root', mayLack: true }),
  tries('proc', 'timers', 'read /proc/timer_list', () => ['read-path', '/proc/timer_list'], { as: 'root', mayLack: true }),
  tries('proc', 'kernel-addresses', "learn the kernel's addresses", () => ['kernel-addresses'], { as: 'root' }),
  tries('proc', 'uid-map', 'map oneself to root', () => ['map-self'], { outside: () => ['map-self-fresh'] }),
  tries('proc', 'sys-list', 'list /sys/kernel', () => ['list-folder', '/sys/kernel']),
  tries('proc', 'sys-uevent', 'read a block device in /sys', () => ['list-folder', '/sys/block']),
]

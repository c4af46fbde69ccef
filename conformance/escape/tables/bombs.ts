import { type Program, tries } from '../attempt.ts'

const SMALL = { wallMs: 6000, memoryBytes: 128 << 20, processes: 48, diskBytes: 16 << 20, files: 500 }
const bomb = { limits: SMALL, alone: true, ends: ['memory', 'wall-time', 'signal'] } as const
const file = { ...bomb, limits: { ...SMALL, memoryBytes: 512 << 20 } }
const PLACES = ['/work', '/in', '/tmp', '/out', '/dev/shm']
const long = { limits: { ...SMALL, wallMs: 900 }, ends: ['wall-time'] } as const

/** More of the machine, or longer, than allowed. Controls take a bounded amount that the limits inside do not allow. */
export const BOMB_ATTEMPTS: readonly Program[] = [
  tries('bombs', 'forks', '300 processes', () => ['forks', '300'], bomb),
  tries('bombs', 'fork-bomb', 'processes that all make processes', () => ['fork-bomb', '300'], {
    ...bomb,
    limits: { ...SMALL, wallMs: 2500 },
  }),
  tries('bombs', 'threads', '300 threads', () => ['threads', '300'], bomb),
  tries('bombs', 'memory', '600 MiB of memory', () => ['memory', '600'], bomb),
  tries('bombs', 'memory-at-once', '600 MiB in one stroke', () => ['memory-at-once', '600'], bomb),
  tries('bombs', 'memory-in-parts', '600 MiB in eight processes', () => ['memory-in-parts', '600'], bomb),
  tries('bombs', 'memfd', '600 MiB in a memfd that nobody maps', () => ['memfd', '600'], bomb),
  tries('bombs', 'memfds', '600 MiB in 600 memfds', () => ['memfds', '600'], bomb),
  tries('bombs', 'segments', '600 MiB of detached System V segments', () => ['shared-segments', '600'], bomb),
  tries('bombs', 'pipes', '120 MiB in pipes', () => ['pipes', '120'], { ...bomb, limits: { ...SMALL, memoryBytes: 96 << 20 } }),
  tries('bombs', 'pipes-everywhere', '200 MiB in the pipes of 40 processes', () => ['pipes-everywhere', '200'], bomb),
  tries('bombs', 'socket-buffers', '600 MiB in the buffers of sockets', () => ['socket-buffers', '600'], bomb),
  tries('bombs', 'tcp-buffers', '600 MiB in connections over the loopback', () => ['tcp-buffers', '600'], {
    ...bomb,
    network: 'own-loopback',
  }),
  ...PLACES.map((place) =>
    tries('bombs', `disk-${place}`, `80 MiB in ${place}`, () => ['disk', '80', place], {
      ...file,
      outside: () => ['disk', '80', '.'],
    }),
  ),
  tries('bombs', 'disk-everywhere', '80 MiB in all places together', () => ['disk', '16', ...PLACES], {
    ...bomb,
    limits: { ...SMALL, memoryBytes: 64 << 20 },
    outside: () => ['disk', '16', '.', '.', '.', '.', '.'],
  }),
  tries('bombs', 'inodes', '2000 files', () => ['inodes', '2000'], { ...file, ends: ['files', 'memory'] }),
  tries('bombs', 'open-files', '15,000 descriptors', () => ['open-files', '15000'], bomb),

  tries('time', 'sleep', 'sleep for a minute', () => ['sleep-long', '60000'], {
    ...long,
    outside: () => ['sleep-long', '1000'],
  }),
  tries('time', 'deaf', 'ignore every signal', () => ['deaf', '60000'], { ...long, outside: () => ['deaf', '1000'] }),
  tries('time', 'stopped', 'stop oneself', () => ['stopped', '60000'], { ...long, outside: () => ['stopped', '1000'] }),
  tries('time', 'drip', 'go on saying a little', () => ['drip', '60000'], { ...long, outside: () => ['drip', '1000'] }),
  tries('time', 'quiet', 'close the streams and stay', () => ['quiet', '60000'], { ...long, outside: () => ['quiet', '1000'] }),
  tries('time', 'spin', 'use the processor for a minute', () => ['spin', '60000'], {
    limits: { ...SMALL, cpuSeconds: 1, wallMs: 20_000 },
    ends: ['cpu-time'],
    outside: () => ['spin', '1100'],
  }),
  tries('time', 'spin-deaf', 'the same, and ignore its signal', () => ['spin-deaf', '60000'], {
    limits: { ...SMALL, cpuSeconds: 1, wallMs: 20_000 },
    ends: ['cpu-time', 'wall-time'],
    outside: () => ['spin-deaf', '1100'],
  }),
  tries('time', 'core-dump', 'leave a core file', () => ['core-dump']),
]

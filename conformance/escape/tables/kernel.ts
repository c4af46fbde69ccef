import { type Program, tries } from '../attempt.ts'

const BOTH = [
  { name: '', network: 'none' },
  { name: '-own-loopback', network: 'own-loopback' },
] as const

/** The network by every family, parts of the kernel, and devices. */
export const KERNEL_ATTEMPTS: readonly Program[] = [
  ...BOTH.flatMap(({ name, network }) => [
    tries('network', `tcp${name}`, "reach a service on the host's loopback", (g) => ['inet', '127.0.0.1', g.port], { network }),
    tries('network', `tcp6${name}`, 'the same over IPv6', (g) => ['inet6', '::1', g.port6], { network, mayLack: true }),
    tries('network', `dns${name}`, "ask the host's resolver", (g) => ['dns', '127.0.0.1', g.dnsPort], { network }),
    tries('network', `unix-path${name}`, 'reach a Unix socket by path', (g) => ['unix-path', g.socket], { network }),
    tries('network', `unix-abstract${name}`, 'reach an abstract Unix socket', (g) => ['unix-abstract', g.abstract], {
      network,
    }),
    tries(
      'network',
      `unix-datagram${name}`,
      'reach an abstract datagram socket',
      (g) => ['unix-datagram', g.abstractDatagram],
      {
        network,
      },
    ),
    tries('network', `netlink-route${name}`, 'open netlink: routes', () => ['netlink', '0'], { network }),
    tries('network', `netlink-uevent${name}`, 'open netlink: device events', () => ['netlink', '15'], { network }),
    tries('network', `packet${name}`, 'open a packet socket', () => ['packet'], {
      network,
      outside: () => ['in-namespaces', 'packet'],
    }),
    tries('network', `raw${name}`, 'open a raw IP socket', () => ['raw-inet'], {
      network,
      outside: () => ['in-namespaces', 'raw-inet'],
    }),
    tries('network', `vsock${name}`, 'open a channel to the hypervisor', () => ['vsock'], { network, mayLack: true }),
    tries('network', `alg${name}`, "use the kernel's ciphers (AF_ALG)", () => ['alg'], { network, mayLack: true }),
    tries(
      'network',
      `any-family${name}`,
      'open any other family of 64 (Bluetooth, TIPC, CAN, XDP ...)',
      () => (network === 'none' ? ['any-family'] : ['any-family', 'ip']),
      { network },
    ),
  ]),
  tries('network', 'host-address', 'reach the host by an address of its network', (g) => ['inet', g.address, g.anyPort], {
    network: 'own-loopback',
  }),
  tries('network', 'interfaces', 'see an interface but lo', () => ['interfaces'], { network: 'own-loopback' }),

  ...(
    [
      ['io-ring', 'io_uring'],
      ['bpf-map', 'bpf: a map', 'root'],
      ['bpf-program', 'bpf: a program', 'root'],
      ['add-key', 'add_key'],
      ['key-control', 'keyctl'],
      ['request-key', 'request_key'],
      ['perf-open', 'perf_event_open', 'root'],
      ['fault-handler', 'userfaultfd', 'root'],
      ['kexec', 'kexec_load', 'root', 'lack'],
      ['module', 'init_module', 'root', 'lack'],
      ['quota', 'quotactl', 'root'],
      ['restart', 'reboot', 'root'],
      ['set-clock', 'turn the clock', 'root'],
      ['kernel-log', "read the kernel's log by syslog(2)", 'root'],
      ['watch-files', 'fanotify'],
      ['odd-personality', 'a personality that no program needs'],
      ['foreign-call', 'a system call of the 32-bit table (int 0x80)', undefined, 'lack'],
      ['x32-call', 'a system call of the x32 table', undefined, 'lack'],
      ['segments', "modify_ldt: segments of one's own", undefined, 'lack'],
      ['ports', 'ioperm: ports of the machine', 'root', 'lack'],
    ] as const
  ).map(([name, says, as, lack]) =>
    tries('kernel', name, says, () => [name], {
      ...(as ? { as } : {}),
      ...(lack ? { mayLack: true } : {}),
      ends: ['signal'],
    }),
  ),
  tries('kernel', 'swap-on', 'swapon', () => ['swap-on', '/in/kit/spare'], {
    outside: (g) => ['swap-on', g.secret],
    as: 'root',
  }),
  tries('kernel', 'rename-host', 'rename the host', () => ['rename-host'], { outside: () => ['in-namespaces', 'rename-host'] }),

  tries('devices', 'make-memory', "make the memory's device", () => ['make-device', 'c', '1', '1'], { as: 'root' }),
  tries('devices', 'make-disk', "make a disk's device", () => ['make-device', 'b', '254', '0'], { as: 'root' }),
  tries('devices', 'odd-devices', 'find a device that no program needs', () => ['odd-devices']),
  ...['mem', 'kmsg', 'kvm', 'fuse', 'net/tun', 'loop-control', 'vda', 'sda', 'console', 'uinput'].map((name) =>
    tries('devices', `open-${name}`, `open /dev/${name}`, () => ['open-device', `/dev/${name}`], { as: 'root', mayLack: true }),
  ),
  tries('devices', 'type-into', 'type into a terminal (TIOCSTI)', () => ['type-into', 'sti'], { as: 'root' }),
  tries('devices', 'type-high', 'the same with bits set above the 32nd', () => ['type-high'], { as: 'root' }),
  tries('devices', 'type-paste', 'paste into a terminal (TIOCLINUX)', () => ['type-into', 'linux'], {
    as: 'root',
    mayLack: true,
  }),
]

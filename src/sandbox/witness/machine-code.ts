// The witness, as machine code; elf.ts makes a program of it. It is started by the agent with its arguments laid out as
//   witness PATH NAME=VALUE… '' ARGV…
// and does what a POSIX shell cannot: it tells an exit code above 128 from a signal, and gives the program exactly its environment.
//
//   fcntl(9, F_SETFD, FD_CLOEXEC)                      the answer's descriptor stays out of the program's hands
//   walk from argv[2] to the first empty string, put NULL there: before it the environment, behind it the arguments
//   fork
//     child:  setsid, personality(ADDR_NO_RANDOMIZE), execve(PATH, arguments, environment); else exit 127 (no such file) or 126
//     parent: wait4 that child into a buffer on the stack, again on EINTR; write(9, "exit" status rusage, 152); exit 0
//   a layout that is not as above: exit 125
//
// Registers are all it uses beside the stack; system calls are numbered as in the kernel's tables for the architecture.

interface MachineCode {
  /** e_machine of the ELF specification. */
  readonly machine: number
  /** The instructions, in hex, a line a step. */
  readonly code: readonly string[]
}

export const MACHINE_CODE: Readonly<Record<'x64' | 'arm64', MachineCode>> = {
  x64: {
    machine: 62,
    code: [
      '4889e5 bf09000000 be02000000 ba01000000 b848000000 0f05', // rbp = rsp; fcntl(9, 2, 1)
      '488d5d18 488b03 4885c0 0f849a000000 803800 7406 4883c308 ebe9', // rbx = &argv[2]; on to the empty one
      '48c70300000000 4883c308', // its place = NULL; rbx behind it
      'b839000000 0f05 85c0 7879 7444 4189c4', // fork
      '4881eca0000000', // a buffer of 160 bytes
      '4489e7 488d742404 31d2 4c8d542408 b83d000000 0f05 83f8fc 74e5', // wait4(child, buffer + 4, 0, buffer + 8)
      'c7042465786974 bf09000000 4889e6 ba98000000 b801000000 0f05', // "exit"; write(9, buffer, 152)
      '31ff eb38', // exit 0
      'b870000000 0f05', // child: setsid
      'bf00000400 b887000000 0f05', // personality(ADDR_NO_RANDOMIZE)
      '488b7d10 4889de 488d5518 b83b000000 0f05', // execve(argv[1], rbx, &argv[2])
      'bf7e000000 83f8fe 7509 ffc7 eb05', // 126, or 127 where ENOENT
      'bf7d000000', // 125
      'b8e7000000 0f05', // exit_group
    ],
  },
  arm64: {
    machine: 183,
    code: [
      'f3030091 200180d2 410080d2 220080d2 280380d2 010000d4', // x19 = sp; fcntl(9, 2, 1)
      '74620091 800240f9 800600b4 01004039 61000034 94220091 fbffff17', // x20 = &argv[2]; on to the empty one
      '9f0200f9 94220091', // its place = NULL; x20 behind it
      '200280d2 010080d2 020080d2 030080d2 040080d2 881b80d2 010000d4', // clone(SIGCHLD, 0, 0, 0, 0)
      '1f0000f1 ab040054 a0020054 f50300aa',
      'ff8302d1', // a buffer of 160 bytes
      'e00315aa e1130091 020080d2 e3230091 882080d2 010000d4 1f1000b1 20ffff54', // wait4(child, buffer + 4, 0, buffer + 8)
      'a00c8f52 208dae72 e00300b9 200180d2 e1030091 021380d2 080880d2 010000d4', // "exit"; write(9, buffer, 152)
      '000080d2 11000014', // exit 0
      'a81380d2 010000d4', // child: setsid
      '8000a0d2 880b80d2 010000d4', // personality(ADDR_NO_RANDOMIZE)
      '600a40f9 e10314aa 62620091 a81b80d2 010000d4', // execve(argv[1], x20, &argv[2])
      '1f0800b1 c00f80d2 81000054 e00f80d2 02000014', // 126, or 127 where ENOENT
      'a00f80d2', // 125
      'c80b80d2 010000d4', // exit_group
    ],
  },
}

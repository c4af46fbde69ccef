// What stands between the witness and a program where the agent is another user than the program; drop.ts makes a program of it. It is
// started as
//   drop ARGV…        with the environment  PATH NAME=VALUE…
//
//   setresuid(1000, 1000, 1000)                        all capabilities go with user 0
//   setrlimit(RLIMIT_CPU, getrlimit(RLIMIT_CPU))     gVisor holds the limit only in the process that set it
//   prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, {length, filter})   the filter stands behind the last instruction
//   execve(PATH, arguments, environment behind PATH); else exit 127 (no such file) or 126
//   where it cannot become that user or take the filter: exit 125

interface DropCode {
  /** e_machine of the ELF specification. */
  readonly machine: number
  readonly before: readonly string[]
  /** The instruction that holds the length, by that length. */
  readonly length: (records: number) => Uint8Array
  readonly after: readonly string[]
}

export const DROP_CODE: Readonly<Record<'x64' | 'arm64', DropCode>> = {
  x64: {
    machine: 62,
    before: [
      '4c8b2424 4c8d6c2408 4e8d64e410', // r12 = the environment, r13 = the arguments
      'bfe8030000 89fe 89fa b875000000 0f05 85c0 755f', // setresuid
      '4883ec10 31ff 4889e6 b861000000 0f05 31ff b8a0000000 0f05', // getrlimit, setrlimit
      '488d054e000000 50', // push the filter's address
    ],
    length: (records) => Uint8Array.of(0x68, records & 0xff, records >> 8, 0, 0), // push the length
    after: [
      'bf16000000 be02000000 4889e2 b89d000000 0f05 85c0 7521', // prctl(22, 2, rsp)
      '498b3c24 4c89ee 498d542408 b83b000000 0f05', // execve
      'bf7e000000 83f8fe 7509 ffc7 eb05', // 126, or 127 where ENOENT
      'bf7d000000', // 125
      'b8e7000000 0f05 0f1f00', // exit_group, and up to a multiple of eight
    ],
  },
  arm64: {
    machine: 183,
    before: [
      'f40340f9 f5230091 b40e148b 94220091', // x20 = the environment, x21 = the arguments
      '007d80d2 017d80d2 027d80d2 681280d2 010000d4 e0030035', // setresuid
      'ff4300d1 000080d2 010080d2 020080d2 e3030091 a82080d2 010000d4 000080d2 e2030091 030080d2 010000d4', // prlimit64 twice
      'c1020010', // x1 = the filter's address
    ],
    // mov x0, the length
    length: (records) => {
      const word = 0xd2800000 | (records << 5)
      return Uint8Array.of(word & 0xff, (word >> 8) & 0xff, (word >> 16) & 0xff, (word >> 24) & 0xff)
    },
    after: [
      'e007bfa9', // onto the stack
      'c00280d2 410080d2 e2030091 e81480d2 010000d4 60010035', // prctl(22, 2, sp)
      '800240f9 e10315aa 82220091 a81b80d2 010000d4', // execve
      '1f0800b1 c00f80d2 81000054 e00f80d2 02000014', // 126, or 127 where ENOENT
      'a00f80d2', // 125
      'c80b80d2 010000d4', // exit_group
    ],
  },
}

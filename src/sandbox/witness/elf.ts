import { MACHINE_CODE } from './machine-code.ts'

const HEAD = 64
const PROGRAM_HEAD = 56
const ADDRESS = 0x400000n

/** The witness as a static ELF program for one processor (System V ABI, chapter 4 and 5); null where there is none. */
export function witnessProgram(arch: string): Uint8Array | null {
  if (arch !== 'x64' && arch !== 'arm64') return null
  const { machine, code } = MACHINE_CODE[arch]
  return elfProgram(machine, Buffer.from(code.join('').replaceAll(' ', ''), 'hex'))
}

/** A static ELF program of `instructions` alone, the first of which it begins with. */
export function elfProgram(machine: number, instructions: Uint8Array): Uint8Array {
  const start = HEAD + 2 * PROGRAM_HEAD
  const file = Buffer.alloc(start + instructions.length)
  file.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1])
  file.writeUInt16LE(2, 16) // ET_EXEC
  file.writeUInt16LE(machine, 18)
  file.writeUInt32LE(1, 20)
  file.writeBigUInt64LE(ADDRESS + BigInt(start), 24)
  file.writeBigUInt64LE(BigInt(HEAD), 32)
  file.writeUInt16LE(HEAD, 52)
  file.writeUInt16LE(PROGRAM_HEAD, 54)
  file.writeUInt16LE(2, 56)
  writeSegment(file, HEAD, { type: 1, flags: 5, address: ADDRESS, bytes: BigInt(file.length), align: 0x10000n })
  // Its stack needs no execute permission.
  writeSegment(file, HEAD + PROGRAM_HEAD, { type: 0x6474e551, flags: 6, address: 0n, bytes: 0n, align: 16n })
  file.set(instructions, start)
  return file
}

function writeSegment(
  file: Buffer,
  at: number,
  segment: { type: number; flags: number; address: bigint; bytes: bigint; align: bigint },
): void {
  file.writeUInt32LE(segment.type, at)
  file.writeUInt32LE(segment.flags, at + 4)
  file.writeBigUInt64LE(segment.address, at + 16)
  file.writeBigUInt64LE(segment.address, at + 24)
  file.writeBigUInt64LE(segment.bytes, at + 32)
  file.writeBigUInt64LE(segment.bytes, at + 40)
  file.writeBigUInt64LE(segment.align, at + 48)
}

import { crc32, deflateRawSync } from 'node:zlib'

/** A zip archive of exactly these entries, whatever their names; with `overlap`, all share the first one's data. */
export function makeZip(entries: readonly { name: string; body: Uint8Array }[], overlap = false): Uint8Array {
  const locals: Uint8Array[] = []
  const central: Uint8Array[] = []
  let at = 0
  let packed = new Uint8Array()
  for (const [n, { name, body }] of entries.entries()) {
    if (!overlap || n === 0) packed = deflateRawSync(body, { level: 9 })
    const title = Buffer.from(name, 'latin1')
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(20, 0)
    facts.writeUInt16LE(8, 4)
    facts.writeUInt32LE(crc32(body), 10)
    facts.writeUInt32LE(packed.length, 14)
    facts.writeUInt32LE(body.length, 18)
    facts.writeUInt16LE(title.length, 22)
    const start = overlap && n > 0 ? 0 : at
    if (!overlap || n === 0) {
      const local = Buffer.concat([Buffer.from('PK\x03\x04'), facts, title, packed])
      locals.push(local)
      at += local.length
    }
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(start, 10)
    central.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 3]), facts, rest, title]))
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, directory, end])
}

import type { Ground } from '../../ground.ts'
import { readStart } from './read-input.ts'
import type { StoredProof } from './stored-proof.ts'

const SHOWN = 64 << 10

/** The first 64 KiB of each patch of a proof, where it is text; null where it is not, or was erased. */
export async function patchTexts(
  ground: Ground,
  { proof, places }: Pick<StoredProof, 'proof' | 'places'>,
): Promise<Map<string, string | null>> {
  const texts = new Map<string, string | null>()
  for (const { id, input } of proof.patches) {
    const place = places[input.digest]
    const bytes = place === undefined ? null : await readStart(ground, place, SHOWN)
    texts.set(id, bytes === null ? null : asText(bytes, bytes.length === SHOWN))
  }
  return texts
}

/** UTF-8, or null. A character cut in two at the end is dropped. */
function asText(bytes: Buffer, cut: boolean): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: cut })
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}

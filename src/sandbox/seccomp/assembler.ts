/** A label is a name; jumps go to labels further down. */
type Label = string

/** Steps of a classic BPF program over seccomp's data (linux/filter.h, linux/seccomp.h). */
export type Step =
  | { readonly do: 'load'; readonly offset: number }
  | { readonly do: 'and'; readonly value: number }
  | { readonly do: 'jump'; readonly if: 'equal' | 'at-least' | 'has-bits'; readonly value: number; readonly to: Label }
  | { readonly do: 'go'; readonly to: Label }
  | { readonly do: 'return'; readonly action: number }
  | { readonly do: 'label'; readonly name: Label }

const LOAD = 0x20
const AND = 0x54
const GO = 0x05
const RETURN = 0x06
const JUMPS = { equal: 0x15, 'at-least': 0x35, 'has-bits': 0x45 } as const

const MOST_STEPS = 4096

/**
 * Assembles `steps` into struct sock_filter records, little-endian. A conditional jump too far for its 8 bits jumps over a far one.
 * Throws where a label is missing or stands behind the jump: the program is ours, not input.
 */
export function assemble(steps: readonly Step[]): Uint8Array {
  // Every conditional jump takes two records (jump over, go far), so that no distance matters; the kernel's compiler folds them.
  const places = new Map<Label, number>()
  let size = 0
  for (const step of steps) {
    if (step.do === 'label') places.set(step.name, size)
    else size += step.do === 'jump' ? 2 : 1
  }
  if (size > MOST_STEPS) throw new Error(`a filter of ${size} records`)
  const bytes = new DataView(new ArrayBuffer(size * 8))
  let at = 0
  const put = (code: number, yes: number, no: number, value: number) => {
    bytes.setUint16(at * 8, code, true)
    bytes.setUint8(at * 8 + 2, yes)
    bytes.setUint8(at * 8 + 3, no)
    bytes.setUint32(at * 8 + 4, value, true)
    at++
  }
  const far = (label: Label) => {
    const distance = (places.get(label) ?? -1) - at - 1
    if (distance < 0) throw new Error(`no label ${label} ahead`)
    put(GO, 0, 0, distance)
  }
  for (const step of steps) {
    if (step.do === 'load') put(LOAD, 0, 0, step.offset)
    else if (step.do === 'and') put(AND, 0, 0, step.value)
    else if (step.do === 'return') put(RETURN, 0, 0, step.action)
    else if (step.do === 'go') far(step.to)
    else if (step.do === 'jump') {
      put(JUMPS[step.if], 0, 1, step.value)
      far(step.to)
    }
  }
  return new Uint8Array(bytes.buffer)
}

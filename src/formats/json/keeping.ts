import { pointerToken, shownPointer } from './pointer.ts'
import { type Kept, Odd, type Walked, type WalkLimits, type Wanted } from './wanted.ts'

const LONGEST = 600

/** An open container. */
interface Frame {
  readonly wanted: Wanted
  readonly object: boolean
  readonly value: Record<string, Kept> | Kept[]
  readonly parent: Frame | null
  /** Where it stands; made when it is first asked for. */
  pointer: string | null
  /** The key or the index of the value being read. */
  key: string
  index: number
  /** Characters kept in it and in what it keeps. */
  chars: number
}

/** Builds what a walk keeps of the containers that are open, and hands out the items as they end. */
export class Keeping {
  private readonly limits: WalkLimits
  private readonly to: Walked
  private top: Frame | null = null
  private depth = 0

  constructor(limits: WalkLimits, to: Walked) {
    this.limits = limits
    this.to = to
  }

  get atRoot(): boolean {
    return this.top === null
  }

  get inObject(): boolean {
    return this.top!.object
  }

  /** JSON pointer of the value being read. */
  place(): string {
    return shownPointer(this.top === null ? '' : pointerBelow(this.top))
  }

  /** Says which key comes; what is wanted of its value. */
  key(name: string): Wanted | null {
    const top = this.top!
    top.key = name
    return top.wanted.keys?.get(name) ?? top.wanted.others ?? null
  }

  nextElement(): Wanted | null {
    const top = this.top!
    top.index++
    return top.wanted.element ?? null
  }

  /** Opens a container; false where that would be too deep, which is told. */
  open(wanted: Wanted, object: boolean): boolean {
    if (this.depth >= this.limits.depth) {
      this.to.fault('large', this.place(), `nested deeper than ${this.limits.depth}`)
      return false
    }
    this.depth++
    const value = object ? {} : []
    this.top = { wanted, object, value, parent: this.top, pointer: null, key: '', index: -1, chars: 0 }
    return true
  }

  close(): void {
    const { wanted, value, chars, parent } = this.top!
    this.top = parent
    this.depth--
    // What is an item is no longer kept by what is around it.
    if (parent !== null && wanted.item === undefined) parent.chars += chars
    this.keep(wanted, value)
  }

  /** Puts a value where it stands, or hands it out. */
  store(wanted: Wanted, value: string | Odd): void {
    if (value instanceof Odd && wanted.item === undefined) this.to.fault(value.why, this.place(), value.said)
    this.keep(wanted, value)
  }

  private keep(wanted: Wanted, value: Kept): void {
    const top = this.top
    if (wanted.item !== undefined) {
      const key = top === null ? '' : top.object ? top.key : String(top.index)
      this.to.item(wanted.item, value, () => this.place(), key)
      return
    }
    if (top === null) return
    // A list of items keeps none of them, and an object need not keep an empty list.
    if (Array.isArray(value) && value.length === 0) return
    const length = typeof value === 'string' ? value.length : 0
    if (top.chars + length > this.limits.itemChars) {
      this.to.fault('large', this.place(), `more than ${this.limits.itemChars} characters in one item`)
      return
    }
    top.chars += length
    if (top.object) {
      const own = top.value as Record<string, Kept>
      if (Object.hasOwn(own, top.key)) this.to.fault('type', this.place(), 'the key stands twice')
      // Only keys that were asked for by name are kept, never one that a prototype knows.
      if (top.wanted.keys?.has(top.key)) own[top.key] = value
    } else if ((top.value as Kept[]).length < this.limits.listed) (top.value as Kept[]).push(value)
    else if (top.index === this.limits.listed) this.to.fault('large', this.place(), `more than ${this.limits.listed} elements`)
  }
}

function pointerBelow(frame: Frame): string {
  // Iterative, for a stack may be deep; each open container remembers its own.
  const steps: Frame[] = []
  let at: Frame | null = frame
  while (at !== null && at.pointer === null) {
    steps.push(at)
    at = at.parent
  }
  for (let k = steps.length - 1; k >= 0; k--) {
    const step = steps[k]!
    const above = step.parent === null ? '' : step.parent.pointer!
    // What is shown is shorter; a deep bomb must not make places that are long.
    step.pointer = step.parent === null || above.length > LONGEST ? above : `${above}/${stepOf(step.parent)}`
  }
  return `${frame.pointer}/${stepOf(frame)}`
}

function stepOf(frame: Frame): string {
  return frame.object ? pointerToken(frame.key) : String(frame.index)
}

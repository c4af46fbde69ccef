import type { ItemRefusal } from '../../core/findings/refusal.ts'
import { isObject, type JsonObject } from './loose.ts'
import { pointerToken, shownPointer } from './pointer.ts'

/** What reading strictly found wrong (the first thing) and the fields it did not know, by their pointer inside the item. */
export class Faults {
  first: ItemRefusal | null = null
  readonly unknown: [string, unknown][] = []
  private readonly at: string
  constructor(at: string) {
    this.at = at
  }

  wrongType(path: string, mend: string): void {
    this.first ??= { code: 'item.wrong-type', where: shownPointer(this.at + path), mend }
  }
}

/** Strict reading of one object of Weir's own format: a field of the wrong type is a fault; null counts as not stated. */
export class Fields {
  private readonly value: JsonObject
  private readonly path: string
  private readonly faults: Faults
  private readonly asked = new Set<string>()
  constructor(value: JsonObject, path: string, faults: Faults) {
    this.value = value
    this.path = path
    this.faults = faults
  }

  /** The field as it came, and where it is; undefined for null and for what is not there. */
  any(name: string): unknown {
    this.asked.add(name)
    const value = Object.hasOwn(this.value, name) ? this.value[name] : undefined
    return value === null ? undefined : value
  }

  pathOf(name: string): string {
    return `${this.path}/${name}`
  }

  fault(name: string, mend: string): null {
    this.faults.wrongType(this.pathOf(name), mend)
    return null
  }

  text(name: string): string | null {
    const value = this.any(name)
    if (value === undefined) return null
    return typeof value === 'string' ? value.toWellFormed() : this.fault(name, `${name} is a string.`)
  }

  /** A whole number of 1 or more. */
  positive(name: string): number | null {
    return this.whole(name, 1)
  }

  whole(name: string, least: number): number | null {
    const value = this.any(name)
    if (value === undefined) return null
    const fits = typeof value === 'number' && Number.isSafeInteger(value) && value >= least
    return fits ? (value as number) : this.fault(name, `${name} is a whole number of ${least} or more.`)
  }

  truth(name: string): boolean | null {
    const value = this.any(name)
    if (value === undefined) return null
    return typeof value === 'boolean' ? value : this.fault(name, `${name} is true or false.`)
  }

  /** One of the words given. */
  word<W extends string>(name: string, words: readonly W[]): W | null {
    const value = this.any(name)
    if (value === undefined) return null
    const found = words.find((word) => word === value)
    return found ?? this.fault(name, `${name} is one of ${words.join(', ')}.`)
  }

  object(name: string): Fields | null {
    const value = this.any(name)
    if (value === undefined) return null
    return isObject(value) ? new Fields(value, this.pathOf(name), this.faults) : this.fault(name, `${name} is an object.`)
  }

  list(name: string): readonly unknown[] {
    const value = this.any(name)
    if (value === undefined) return []
    if (Array.isArray(value)) return value
    this.fault(name, `${name} is an array.`)
    return []
  }

  texts(name: string): string[] {
    return this.list(name).flatMap((value, index) => {
      if (typeof value === 'string') return value.toWellFormed()
      this.fault(`${name}/${index}`, `${name} holds strings.`)
      return []
    })
  }

  objects(name: string): Fields[] {
    return this.list(name).flatMap((value, index) => {
      if (isObject(value)) return new Fields(value, `${this.pathOf(name)}/${index}`, this.faults)
      this.fault(`${name}/${index}`, `${name} holds objects.`)
      return []
    })
  }

  /** Notes the fields nobody asked for; call it when the others have been read. */
  keepRest(): void {
    for (const name of Object.keys(this.value)) {
      if (!this.asked.has(name)) this.faults.unknown.push([`${this.path}/${pointerToken(name)}`.slice(1), this.value[name]])
    }
  }
}

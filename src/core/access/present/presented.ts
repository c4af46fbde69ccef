import type { Brand } from '../../kernel/brand.ts'

/** A value that went through `present`: the only kind of body that an exit accepts. */
export type Presented<T> = Brand<T, 'Presented'>

/** Only the presenters of this folder call this. */
export function presented<T>(value: T): Presented<T> {
  return value as Presented<T>
}

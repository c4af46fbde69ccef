import type { VersionKey, VersionOrder } from '../kernel/version-order.ts'

/** Its order puts a branch without a number (`dev-main`) before all versions, which does not say what is in it. */
const COMPOSER = 'composer-version'

/** A version as text that is read once by the order that compares it, however many ranges it is held against. */
export class ReadVersion {
  readonly text: string
  private order: VersionOrder | null = null
  private read: VersionKey | null = null

  constructor(text: string) {
    this.text = text
  }

  /** The version as that order reads it; null where it cannot. */
  key(order: VersionOrder): VersionKey | null {
    if (order !== this.order) {
      this.order = order
      this.read = order.rule === COMPOSER && this.text.startsWith('dev-') ? null : order.key(this.text)
    }
    return this.read
  }
}

/** Bytes kept of what stands before the first crash: enough to explain it, not the whole run of a fuzzer. */
const LEAD_BYTES = 16 * 1024

/** The lines of one report as they came, bounded: of the lines before a crash the last are kept, of a crash's own the first. */
export class ReportBuffer {
  private readonly most: number
  private lines: Uint8Array[] = []
  private bytes = 0
  private cut = false
  /** Line where the crash of this report begins; 0 while none has begun. */
  private from = 0

  constructor(most: number) {
    this.most = most
  }

  get started(): boolean {
    return this.from > 0
  }

  get line(): number {
    return Math.max(1, this.from)
  }

  get isCut(): boolean {
    return this.cut
  }

  start(line: number): void {
    this.from = line
  }

  add(line: Uint8Array): void {
    if (this.started && this.bytes + line.length > this.most) {
      this.cut = true
      return
    }
    this.lines.push(line.slice())
    this.bytes += line.length
    if (!this.started && this.bytes > 2 * LEAD_BYTES) this.trim()
  }

  /** All bytes kept, in order; the buffer is empty afterwards. */
  take(): Uint8Array {
    const out = new Uint8Array(this.bytes)
    let at = 0
    for (const line of this.lines) {
      out.set(line, at)
      at += line.length
    }
    this.lines = []
    this.bytes = 0
    this.from = 0
    this.cut = false
    return out
  }

  private trim(): void {
    let drop = 0
    while (drop < this.lines.length - 1 && this.bytes > LEAD_BYTES) this.bytes -= this.lines[drop++]!.length
    this.lines = this.lines.slice(drop)
  }
}

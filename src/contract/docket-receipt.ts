// The receipt of a purged docket, as it is handed out: verifiable offline with the instance's key (`weir docket receipt verify`).

/** Where a copy could be left of what a docket held, and in which state. */
export interface Residual {
  readonly what: string
  readonly where: string
  readonly state: string
}

/** What a purge found and left, in words that both sides sign. */
export interface ReceiptStatement {
  readonly type: 'weir/docket-receipt/1'
  readonly docket: string
  readonly why: 'ended' | 'withdrawn'
  readonly openedAt: string
  readonly purgedAt: string
  readonly window: { readonly openedAt: string; readonly closedAt: string; readonly endedBy: string } | null
  /** How many of each were destroyed. */
  readonly destroyed: Readonly<Record<string, number>>
  readonly endpointKey:
    | 'none'
    | 'erased, no longer taken'
    | 'erased, endpoint not reached'
    | 'erased, the endpoint still took it'
  /** The log of who saw and did what, as it stood: number of entries and digest of the last. */
  readonly log: { readonly entries: number; readonly head: string }
  readonly scan: { readonly bytes: number; readonly files: number; readonly rows: number; readonly found: number }
  readonly residual: readonly Residual[]
}

/** What the row of a purged docket keeps: the statement, and the instance's signature over its canonical bytes. */
export interface ReceiptRow {
  readonly statement: ReceiptStatement
  readonly signature: string
}

/** The receipt as it is handed out; verifiable with the instance's public key alone. */
export interface DocketReceipt extends ReceiptRow {
  readonly v: 1
  readonly digest: string
  /** Origin and Ed25519 key, base64, of the instance. */
  readonly instance: { readonly origin: string; readonly key: string }
  /** Who signed in a session, and when; signed by the instance so that it can be shown elsewhere. */
  readonly signed: SignedStatement
  readonly signedSignature: string
  /** Salt and paths of the ledger up to a signed head; null until the interval has ended. */
  readonly ledger: unknown
}

export interface SignedStatement {
  readonly type: 'weir/docket-receipt-signatures/1'
  readonly docket: string
  readonly digest: string
  readonly developer: { readonly person: string; readonly at: number } | null
  readonly office: { readonly person: string; readonly at: number } | null
}

/** A file that came with a mail. It is kept and never opened; its name is inert and its type only what the sender said. */
export interface MailFile {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
}

/** What a delivery report says (RFC 3464), as far as it says it. */
export interface BounceNotice {
  /** Of the letter that came back: `<opaque@domain>`. */
  readonly messageId: string | null
  /** For example `5.1.1`. */
  readonly status: string | null
  readonly action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded' | null
}

/** A mail as it came in for one address. All of it is hostile. */
export interface InMail {
  /** The opaque part of the address it came to. */
  readonly token: string
  /** SHA-256 of address and message: equal for a repeat of the same delivery, so that it is stored once. */
  readonly key: string
  /** What the sender wrote as its address; proves nothing. */
  readonly from: string
  readonly subject: string
  /** Inert text; of a mail without a plain part, what its HTML says. */
  readonly text: string
  readonly files: readonly MailFile[]
  /** Files beyond the limits, which were not kept. */
  readonly filesLeftOut: number
  /** Answers of machines (`auto`) are never answered by a machine. */
  readonly kind: 'reply' | 'bounce' | 'auto'
  readonly bounce: BounceNotice | null
  readonly inReplyTo: string | null
}

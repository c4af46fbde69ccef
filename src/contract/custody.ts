// How the server speaks to the custodian: the one process that holds the keys of developers' endpoints and keeps the end of every
// access window. Lines of JSON, requests on its standard input, answers and events on its standard output:
//   node CUSTODIAN_ENTRY --folder DIR [--uid N] [--private-endpoints]
// Started as root it takes the folder, drops to the uid and never comes back. The end of its standard input ends it in order.
//
// Calls come by HTTP on 127.0.0.1, at the port it says when ready: `/{docket}/…` is passed on to the docket's endpoint below its
// base, if its body names the endpoint's model and no other, with the key put in and whatever the caller sent as key taken out.
// `Authorization: Bearer GRANT` (or `x-api-key: GRANT`) says on whose behalf.

export const CUSTODIAN_ENTRY = 'src/custodian/main.ts'

/** Which way of speaking the endpoint has. */
export const ENDPOINT_APIS = ['openai-chat', 'openai-responses', 'anthropic-messages'] as const
export type EndpointApi = (typeof ENDPOINT_APIS)[number]

export interface Endpoint {
  readonly api: EndpointApi
  /** https, without query; below it the paths of the API, for example `https://models.example/v1`. */
  readonly base: string
  readonly model: string
  /** SHA-256 of the certificate's public key (SPKI), hex; null: the usual authorities are believed. */
  readonly spki: string | null
}

export type CustodyRequest =
  /**
   * To whom the developer's browser or command line seals the key: an age recipient, another one at each asking, so that erasing a
   * docket's leaves no copy of its sealed key readable. Ask when somebody is about to seal; never keep it for another docket.
   */
  | { readonly n: number; readonly do: 'recipient' }
  /** `sealed`: age file in base64 around the key's text. Opened once to see that it can be; refused where it cannot. */
  | {
      readonly n: number
      readonly do: 'register'
      readonly docket: string
      readonly endpoint: Endpoint
      readonly sealed: string
    }
  /** Another key for the same endpoint, at the developer's wish. */
  | { readonly n: number; readonly do: 'rotate'; readonly docket: string; readonly sealed: string }
  /** Fixed prompts at temperature 0; the first is the docket's baseline, later ones are compared with it. */
  | { readonly n: number; readonly do: 'probe'; readonly docket: string }
  /** Lays down the window. A later `window` may move the end as far as `latest`, never past it, and never once it is latched. */
  | {
      readonly n: number
      readonly do: 'window'
      readonly docket: string
      /** Epoch milliseconds, all four. Before `opens` no call passes; `latest` = opening + the most the policy allows. */
      readonly opens: number
      readonly ends: number
      readonly latest: number
    }
  /** The database's clock, told every few seconds. Without news for `STALE_MS` no call passes, but nothing is latched. */
  | { readonly n: number; readonly do: 'clock'; readonly database: number }
  /** A secret for one run set: calls with it pass while the window is open. */
  | { readonly n: number; readonly do: 'grant'; readonly docket: string; readonly purpose: string }
  | { readonly n: number; readonly do: 'end-grant'; readonly docket: string; readonly purpose: string }
  /** Latches the window shut for ever. */
  | { readonly n: number; readonly do: 'shut'; readonly docket: string; readonly why: 'withdrawn' | 'closing' }
  /** Asks the endpoint once whether it still takes the key (a list of models, no model is called); then destroys the key. */
  | { readonly n: number; readonly do: 'erase'; readonly docket: string }
  /** Entries after that number, at most 1,000. */
  | { readonly n: number; readonly do: 'log'; readonly docket: string; readonly after: number }
  | { readonly n: number; readonly do: 'status'; readonly docket: string }

export const STALE_MS = 30_000

export type CustodyRefusal =
  | 'custody.unknown-docket'
  | 'custody.not-registered'
  | 'custody.not-sealed-to-us'
  | 'custody.bad-endpoint'
  | 'custody.bad-window'
  | 'custody.shut'
  | 'custody.endpoint-failed'
  | 'custody.bad-request'

/** One line of the log that both sides see. Never a prompt, an answer or a task's name; each holds the hash of the one before. */
export interface CustodyEntry {
  readonly entry: number
  /** Epoch milliseconds, by the clock that decides. */
  readonly at: number
  readonly what:
    | 'registered'
    | 'rotated'
    | 'window'
    | 'call'
    | 'refused'
    | 'cut'
    | 'probe'
    | 'endpoint-down'
    | 'endpoint-up'
    | 'build-changed'
    | 'latched'
    | 'erased'
  /** The grant's purpose, for example a run set's id; null where the custodian acted by itself. */
  readonly purpose: string | null
  readonly status: number | null
  readonly bytesOut: number
  readonly bytesIn: number
  /** As the endpoint counted them; null when it did not. */
  readonly tokensIn: number | null
  readonly tokensOut: number | null
  readonly ms: number | null
  /** Why, for a refusal, a cut, a latch; the distance, for a probe. */
  readonly note: string | null
  /** SHA-256 over the entry without this field, in canonical JSON, with the previous hash before it: hex. */
  readonly hash: string
}

export interface CustodyStatus {
  readonly registered: boolean
  readonly erased: boolean
  readonly latched: { readonly at: number; readonly why: 'end' | 'withdrawn' | 'closing' } | null
  readonly window: { readonly opens: number; readonly ends: number; readonly latest: number } | null
  /** The clock that decides, now. */
  readonly now: number
  readonly entries: number
  readonly calls: number
  readonly baseline: string | null
}

export interface ProbeResult {
  /** Digest of what the probes answered: hex. */
  readonly fingerprint: string
  /** 0: as at the baseline; 1: nothing in common. Null: this is the baseline. */
  readonly distance: number | null
  readonly changed: boolean
}

export type CustodyAnswer =
  | {
      readonly n: number
      readonly did: 'recipient'
      readonly recipient: string
      readonly isolation: 'own-user' | 'process-only'
    }
  | { readonly n: number; readonly did: 'registered' | 'rotated' | 'clock' | 'end-grant' }
  | ({ readonly n: number; readonly did: 'probed' } & ProbeResult)
  | ({ readonly n: number; readonly did: 'window' | 'shut' | 'status' } & CustodyStatus)
  | { readonly n: number; readonly did: 'granted'; readonly grant: string }
  /** `stillTaken`: the endpoint answered the last question with the key as if it were good; null when it could not be asked. */
  | { readonly n: number; readonly did: 'erased'; readonly stillTaken: boolean | null }
  | { readonly n: number; readonly did: 'log'; readonly entries: readonly CustodyEntry[] }
  | { readonly n: number; readonly did: 'refused'; readonly code: CustodyRefusal; readonly say: string }

export type CustodyEvent =
  | { readonly event: 'ready'; readonly port: number; readonly isolation: 'own-user' | 'process-only' }
  | { readonly event: 'entry'; readonly docket: string; readonly entry: CustodyEntry }
  | { readonly event: 'failed'; readonly say: string; readonly mend: string | null }

/** What a caller hears instead of the endpoint, as JSON `{"error":{"type":CODE,"message":…}}` with this status. */
export const CALL_REFUSALS = {
  'window.not-open': 403,
  'window.ended': 403,
  'window.clock-unsure': 503,
  'grant.unknown': 401,
  'call.not-allowed': 404,
  'call.too-large': 413,
  'endpoint.unreachable': 502,
} as const
export type CallRefusal = keyof typeof CALL_REFUSALS

import { each, type Into, into } from '../json/want.ts'

const SCORE = into({ value: 'keep', history: 'keep' })
const MODEL_OUTPUT = into({ usage: 'keep' })
const EVENTS = each(into({ event: 'keep', output: MODEL_OUTPUT }))

/** What is taken of a sample while it streams through; messages and events are counted. Of every version of the log since 2024. */
export const SAMPLE_WANT: Into = into({
  id: 'keep',
  epoch: 'keep',
  scores: { other: SCORE },
  // Until mid 2024 there was one scorer.
  score: SCORE,
  error: into({ message: 'keep' }),
  limit: 'keep',
  invalidation: 'keep',
  model_usage: 'keep',
  total_time: 'keep',
  working_time: 'keep',
  started_at: 'keep',
  completed_at: 'keep',
  error_retries: each('skip'),
  retries: 'keep',
  output: into({ choices: each(into({ stop_reason: 'keep' })) }),
  metadata: { other: 'keep' },
  messages: each('skip'),
  message_count: 'keep',
  // A chunked sample names the ranges of its messages sequence that were its last conversation.
  message_refs: 'keep',
  events: EVENTS,
  // Until the end of 2024 events stood in a transcript.
  transcript: into({ events: EVENTS }),
})

/** One chunk of a chunked sample's events. */
export const EVENTS_WANT: Into = EVENTS
/** The metadata member of a chunked sample. */
export const METADATA_WANT: Into = { other: 'keep' }

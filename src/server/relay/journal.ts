import type { Sending, SendingEvent } from '../../core/cases/relay/sending.ts'

/**
 * Where sendings are kept. `append` stores the event durably before it resolves, and only where the stored sending is still the
 * one that was loaded (`version`); false: somebody else was quicker.
 */
export interface SendingJournal {
  load(draftId: string): Promise<{ readonly sending: Sending | null; readonly version: number }>
  append(draftId: string, version: number, event: SendingEvent): Promise<boolean>
}

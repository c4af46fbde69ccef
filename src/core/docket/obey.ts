import { accept } from '../kernel/decision.ts'
import { beginClosing, purge, signReceipt, withdraw } from './decide-closing.ts'
import { passDryRun, probeEndpoint, registerEndpoint } from './decide-endpoint.ts'
import { consentIntake, sendToIntake } from './decide-intake.ts'
import { admitOutside, declinePartner, grantPartner, proposePartner, revokePartner, signPartner } from './decide-partners.ts'
import { leave, proposeReadIn, readOut, seatPerson, secondReadIn, unseatPerson } from './decide-people.ts'
import { compute, layPlan, makeReport, record, remeasure, signReport, unblind } from './decide-record.ts'
import { answerInquiry, offerTerms, signTerms } from './decide-terms.ts'
import { agreeOpening, endpointDown, endpointUp, endWindow, firstCall, grantDowntime, planRelease } from './decide-window.ts'
import type { DocketCommand } from './docket-command.ts'
import { no } from './docket-refusal.ts'
import type { DocketDecision, SidedTurn, Turn } from './turn.ts'

/** What a person's command does, once a seat of theirs lets them give it in this state. */
export function obeyPerson(turn: SidedTurn, command: DocketCommand): DocketDecision {
  switch (command.do) {
    case 'answer-inquiry':
      return answerInquiry(turn, command)
    case 'offer-terms':
      return offerTerms(turn, command)
    case 'sign-terms':
      return signTerms(turn, command)
    case 'plan-release':
      return planRelease(turn, command)
    case 'agree-opening':
      return agreeOpening(turn, command)
    case 'grant-downtime':
      return grantDowntime(turn, command)
    case 'end-window':
      return endWindow(turn)
    case 'seat':
      return seatPerson(turn, command)
    case 'unseat':
      return unseatPerson(turn, command)
    case 'read-in':
      return proposeReadIn(turn, command)
    case 'second-read-in':
      return secondReadIn(turn, command)
    case 'read-out':
      return readOut(turn, command)
    case 'lay-plan':
      return layPlan(turn, command)
    case 'record':
      return record(turn, command)
    case 'sign-report':
      return signReport(turn, command)
    case 'propose-partner':
      return proposePartner(turn, command)
    case 'sign-partner':
      return signPartner(turn, command)
    case 'decline-partner':
      return declinePartner(turn, command)
    case 'admit-outside':
      return admitOutside(turn, command)
    case 'grant-partner':
      return grantPartner(turn, command)
    case 'revoke-partner':
      return revokePartner(turn, command)
    case 'consent-intake':
      return consentIntake(turn, command)
    case 'withdraw':
      return withdraw(turn)
    case 'begin-closing':
      return beginClosing(turn)
    case 'sign-receipt':
      return signReceipt(turn, command)
    default:
      return no('asker.not-weir')
  }
}

/** What a command of the program itself does. */
export function obeyWeir(turn: Turn, command: DocketCommand): DocketDecision {
  switch (command.do) {
    case 'endpoint-registered':
      return registerEndpoint(turn)
    case 'endpoint-probed':
      return probeEndpoint(turn, command)
    case 'dry-run-passed':
      return passDryRun(turn)
    case 'first-call':
      return firstCall(turn, command)
    case 'endpoint-down':
      return endpointDown(turn)
    case 'endpoint-up':
      return endpointUp(turn)
    case 'person-left':
      return leave(turn, command)
    case 'unblinded':
      return unblind(turn)
    case 'computed':
      return compute(turn, command)
    case 'report-made':
      return makeReport(turn, command)
    case 'remeasured':
      return remeasure(turn, command)
    case 'sent-to-intake':
      return sendToIntake(turn, command)
    case 'purged':
      return purge(turn, command)
    case 'clock':
      return accept()
    default:
      return no('asker.no-seat')
  }
}

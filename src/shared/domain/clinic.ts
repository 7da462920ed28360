/**
 * The clinic that keeps this ledger, the people who work at it, and who a patient is once a key has opened it.
 */
import type { StaffId } from '../ids.ts';
import type { Locale, LocalText } from './local-text.ts';
import type { PolicyId, SubsystemId } from './subsystem.ts';
import type { TriageLevel, TriagePresetId } from './urgency.ts';

export interface Clinic {
  readonly name: LocalText;
  /** IANA zone: `Asia/Shanghai`. */
  readonly timeZone: string;
  readonly language: Locale;
  readonly triagePreset: TriagePresetId;
  /** The clinic's own levels, kept also while another preset is in use; null or missing where it has named none. */
  readonly ownTriage?: readonly TriageLevel[] | null | undefined;
  /** A sample ledger wears a ribbon and is never taken for a clinic's books. */
  readonly isSample: boolean;
}

export interface SubsystemSetting {
  readonly subsystem: SubsystemId;
  readonly policy: PolicyId;
  /** Divides its dominant share in the merged list; 1 for equal weights. */
  readonly weight: number;
}

/** `manager` may change pools, shares and policies; everyone may enter, start and finish work. */
export const STAFF_ROLES = ['staff', 'manager', 'auditor', 'technician'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

export interface StaffMember {
  readonly id: StaffId;
  readonly name: string;
  readonly jobTitle: LocalText;
  readonly role: StaffRole;
  readonly isActive: boolean;
}

/** Exists in memory only while a screen shows it; on disk it is ciphertext under the patient's own key. */
export interface PatientIdentity {
  readonly name: string;
  /** Local date `YYYY-MM-DD`, or null when unknown. */
  readonly birthDate: string | null;
  /** The clinic's own patient number, or null. */
  readonly number: string | null;
}

/** Why a patient's identity is erased: recorded with the erasure, never more than this. */
export const ERASURE_REASONS = [
  'patient-request',
  'retention-over',
  'authority-order',
  'entered-wrongly',
] as const;
export type ErasureReason = (typeof ERASURE_REASONS)[number];

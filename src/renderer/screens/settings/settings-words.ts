/** The words of roles, triage presets and themes. */
import type { StaffRole } from '../../../shared/domain/clinic.ts';
import type { TriagePresetId } from '../../../shared/domain/urgency.ts';
import { m } from '../../../shared/messages/index.ts';
import type { RestoreReason } from '../../../shared/domain/restore-reason.ts';
import type { Theme } from '../../app.svelte.ts';

export const ROLE_WORDS: Readonly<Record<StaffRole, () => string>> = {
  staff: m.settings_role_staff,
  manager: m.settings_role_manager,
  auditor: m.settings_role_auditor,
  technician: m.settings_role_technician,
};

export const ROLE_DETAILS: Readonly<Record<StaffRole, () => string>> = {
  staff: m.settings_role_staff_detail,
  manager: m.settings_role_manager_detail,
  auditor: m.settings_role_auditor_detail,
  technician: m.settings_role_technician_detail,
};

export const PRESET_WORDS: Readonly<Record<TriagePresetId, () => string>> = {
  manchester: m.common_triage_manchester,
  china: m.common_triage_china,
  esi: m.common_triage_esi,
  own: m.common_triage_own,
};

export const THEME_WORDS: Readonly<Record<Theme, () => string>> = {
  system: m.settings_theme_system,
  light: m.settings_theme_light,
  dark: m.settings_theme_dark,
  contrast: m.settings_theme_contrast,
};

export const RESTORE_REASON_WORDS: Readonly<Record<RestoreReason, () => string>> = {
  'wrong-entries': m.settings_restore_why_wrong_entries,
  'wrong-import': m.settings_restore_why_wrong_import,
  'other-computer': m.settings_restore_why_other_computer,
  advised: m.settings_restore_why_advised,
  other: m.settings_restore_why_other,
};

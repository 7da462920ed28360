/** A subsystem's glyph and words. The rail's short names and the screens' full ones; a subsystem never has a hue. */
import Activity from '@lucide/svelte/icons/activity';
import FileText from '@lucide/svelte/icons/file-text';
import FlaskConical from '@lucide/svelte/icons/flask-conical';
import ScanLine from '@lucide/svelte/icons/scan-line';
import ShieldCheck from '@lucide/svelte/icons/shield-check';
import { m } from '../../shared/messages/index.ts';
import type { PolicyId, SubsystemId } from '../../shared/domain/subsystem.ts';
import type { IconImage } from './icon-image.ts';

export const SUBSYSTEM_IMAGE: Readonly<Record<SubsystemId, IconImage>> = {
  records: FileText,
  imaging: ScanLine,
  insurance: ShieldCheck,
  research: FlaskConical,
  monitoring: Activity,
};

/** `Imaging`, for the rail and narrow columns. */
export const SUBSYSTEM_SHORT: Readonly<Record<SubsystemId, () => string>> = {
  records: () => m.common_subsystem_records_short(),
  imaging: () => m.common_subsystem_imaging_short(),
  insurance: () => m.common_subsystem_insurance_short(),
  research: () => m.common_subsystem_research_short(),
  monitoring: () => m.common_subsystem_monitoring_short(),
};

/** `Image processing`, for titles. */
export const SUBSYSTEM_NAME: Readonly<Record<SubsystemId, () => string>> = {
  records: () => m.common_subsystem_records(),
  imaging: () => m.common_subsystem_imaging(),
  insurance: () => m.common_subsystem_insurance(),
  research: () => m.common_subsystem_research(),
  monitoring: () => m.common_subsystem_monitoring(),
};

/** `by priority`. */
export const POLICY_NAME: Readonly<Record<PolicyId, () => string>> = {
  demand: () => m.common_policy_demand(),
  priority: () => m.common_policy_priority(),
  utilization: () => m.common_policy_utilization(),
};

/** The three policies as rows of one table. */
import type { PolicyId } from '../../../shared/domain/subsystem.ts';
import { demand } from './demand.ts';
import type { Policy } from './policy.ts';
import { priority } from './priority.ts';
import { utilization } from './utilization.ts';

export const POLICY_TABLE: Readonly<Record<PolicyId, Policy>> = { demand, priority, utilization };

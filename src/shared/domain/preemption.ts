/** Why promised or running work had to give way, as the ledger keeps it. A new cause needs words before it compiles. */
export const PREEMPTION_CAUSES = ['urgent-work'] as const;
export type PreemptionCause = (typeof PREEMPTION_CAUSES)[number];

/** What each of the five workspaces says in English on the sample clinic, and a kind of work to enter there. */
import type { SubsystemId } from '../../src/shared/domain/subsystem.ts';

export interface Workspace {
  readonly id: SubsystemId;
  /** What is typed in the palette to get there, and what its form is called. */
  readonly title: string;
  readonly form: string;
  readonly symbol: string;
  /** Words that only this workspace's form has: kind, duration, number in another system, note. */
  readonly words: readonly string[];
  readonly typed: string;
  readonly kind: string;
  readonly isAboutPatient: boolean;
  /** Everybody is busy at the demonstration's hour: one task is finished before another is started. */
  readonly isFull?: true;
}

export const WORKSPACES: readonly Workspace[] = [
  {
    id: 'records',
    title: 'Medical records',
    form: 'New visit',
    symbol: 'E',
    words: ['Visit or treatment', 'Treatment time', 'Visit number'],
    typed: 'vaccin',
    kind: 'Vaccination',
    isAboutPatient: true,
  },
  {
    id: 'imaging',
    title: 'Image processing',
    form: 'New image task',
    symbol: 'I',
    words: [
      'Image task and modality',
      'Processing time',
      'Accession number',
      'Body part, side, note',
      'Urgency',
    ],
    typed: 'recon',
    kind: 'CT reconstruction',
    isAboutPatient: true,
  },
  {
    id: 'insurance',
    title: 'Medical insurance',
    form: 'New quote or claim',
    symbol: 'H',
    words: ['Quote or claim', 'Handling time', 'Claim or policy number'],
    typed: 'quote',
    kind: 'Cost quote',
    isAboutPatient: true,
    isFull: true,
  },
  {
    id: 'research',
    title: 'Research data analysis',
    form: 'New analysis',
    symbol: 'D',
    words: ['Analysis', 'Analysis time', 'Data set'],
    typed: 'cohort',
    kind: 'Cohort analysis',
    isAboutPatient: false,
  },
  {
    id: 'monitoring',
    title: 'Device monitoring',
    form: 'New monitoring',
    symbol: 'M',
    words: [
      'Device and monitoring',
      'Monitoring time',
      'Serial number',
      'Reading interval',
      'Bed, alarm limits, note',
    ],
    typed: 'holter',
    kind: '24 h Holter',
    isAboutPatient: true,
  },
];

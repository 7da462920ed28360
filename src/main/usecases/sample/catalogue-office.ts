/**
 * The sample clinic's catalogue of work at desks and on the server: insurance and research. Data only.
 */
import type { KindRow } from './kind-row.ts';

export const INSURANCE_ROWS: readonly KindRow[] = [
  {
    id: 'quote',
    name: 'Cost quote 费用预审',
    needs: { 'claims-clerks': 1 },
    minutes: 30,
    urgency: 3,
    perDay: [5, 0, 0],
    profile: 'office',
    preemptibility: 'resume',
  },
  {
    id: 'outpatient-claim',
    name: 'Outpatient claim 门诊理赔',
    needs: { 'claims-clerks': 1 },
    minutes: 45,
    urgency: 4,
    perDay: [5, 0, 0],
    profile: 'office',
    preemptibility: 'resume',
  },
  {
    id: 'inpatient-claim',
    name: 'Inpatient claim 住院理赔',
    needs: { 'claims-clerks': 1 },
    minutes: 75,
    urgency: 4,
    perDay: [2, 0, 0],
    profile: 'office',
    preemptibility: 'resume',
  },
  {
    id: 'appeal',
    name: 'Claim appeal 理赔申诉',
    needs: { 'claims-clerks': 1 },
    minutes: 90,
    urgency: 5,
    perDay: [1, 0, 0],
    profile: 'office',
    preemptibility: 'resume',
  },
];

export const RESEARCH_ROWS: readonly KindRow[] = [
  {
    id: 'cohort',
    name: 'Cohort analysis 队列分析',
    needs: { cores: 24, storage: 4 },
    minutes: 480,
    urgency: 4,
    perDay: [2, 1, 1],
    profile: 'evenings',
    whom: 'nobody',
    preemptibility: 'resume',
  },
  {
    id: 'image-set',
    name: 'Image data set 影像数据集处理',
    needs: { cores: 24, storage: 6 },
    minutes: 420,
    urgency: 5,
    perDay: [2, 1, 1],
    profile: 'evenings',
    whom: 'nobody',
    preemptibility: 'resume',
  },
  {
    id: 'quality',
    name: 'Quality statistics 质控统计',
    needs: { cores: 12, storage: 1 },
    minutes: 150,
    urgency: 4,
    perDay: [2, 1, 1],
    profile: 'office',
    whom: 'nobody',
    preemptibility: 'restart',
  },
  {
    id: 'annotation',
    name: 'Image annotation 影像标注',
    needs: { 'reading-seats': 1 },
    minutes: 90,
    urgency: 5,
    perDay: [1, 1, 0],
    profile: 'office',
    whom: 'nobody',
    preemptibility: 'resume',
  },
];

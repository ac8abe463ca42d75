import type { Words } from '../access/index.js';
import type { EvidenceKind } from './evidence.js';
import type { CaseKind } from './schema.js';
import type { CaseMove, CaseSide, CaseState } from './states.js';

export const caseStateWords: Readonly<Record<CaseState, Words>> = {
  open: { en: 'Open', zh: '待受理' },
  accepted: { en: 'Accepted', zh: '已受理' },
  in_progress: { en: 'In progress', zh: '处理中' },
  resolved: { en: 'Resolved', zh: '已解决' },
  rejected: { en: 'Rejected', zh: '不予受理' },
  reopened: { en: 'Reopened', zh: '重新打开' },
  closed: { en: 'Closed', zh: '已结案' },
};

export const caseMoveWords: Readonly<Record<CaseMove, Words>> = {
  accept: { en: 'Accept', zh: '受理' },
  start: { en: 'Start work', zh: '开始处理' },
  resolve: { en: 'Resolve', zh: '提交解决结果' },
  reject: { en: 'Reject', zh: '不予受理' },
  reopen: { en: 'Reopen', zh: '重新打开' },
  close: { en: 'Close', zh: '结案' },
};

export const caseSideWords: Readonly<Record<CaseSide, Words>> = {
  reporter: { en: 'reporter', zh: '报告方' },
  resolver: { en: 'resolver', zh: '处理方' },
};

export const caseKindWords: Readonly<Record<CaseKind, Words>> = {
  failure: { en: 'Failure in use', zh: '使用故障' },
  defect: { en: 'Defect on arrival', zh: '到货缺陷' },
  damage: { en: 'Damage in transport', zh: '运输损坏' },
  question: { en: 'Question', zh: '咨询' },
};

export const evidenceKindWords: Readonly<Record<EvidenceKind, Words>> = {
  unit: { en: 'Unit', zh: '单件' },
  lot: { en: 'Lot', zh: '批次' },
  activity: { en: 'Activity', zh: '活动' },
  run: { en: 'Run', zh: '过程' },
};

/** What is told about what happened. */
export const serviceEventWords: Readonly<Record<string, Words>> = {
  'service.case_opened': { en: 'Case opened', zh: '提交服务工单' },
  'service.case_moved': { en: 'Case moved', zh: '服务工单进展' },
  'service.case_evidence_added': { en: 'Evidence added to a case', zh: '服务工单补充证据' },
};

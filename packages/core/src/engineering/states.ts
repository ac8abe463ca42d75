import type { Words } from '../access/index.js';

/** Where a revision stands; several of one item may be released at once. */
export const revisionStates = ['draft', 'released', 'obsolete'] as const;
export type RevisionState = (typeof revisionStates)[number];

/** What its owner may do to a revision; an engineering change does the same to those it names. */
export const revisionMoves = ['release', 'retire'] as const;
export type RevisionMove = (typeof revisionMoves)[number];

/** Move → state in which it may be made → state after it; what is not here is forbidden. */
export const revisionTransitions: Readonly<Record<RevisionMove, Partial<Record<RevisionState, RevisionState>>>> = {
  release: { draft: 'released' },
  retire: { released: 'obsolete' },
};

export function nextRevisionState(state: RevisionState, move: RevisionMove): RevisionState | null {
  return revisionTransitions[move][state] ?? null;
}

export const revisionStateWords: Readonly<Record<RevisionState, Words>> = {
  draft: { en: 'Draft', zh: '草稿' },
  released: { en: 'Released', zh: '已发布' },
  obsolete: { en: 'Obsolete', zh: '已作废' },
};

export const revisionMoveWords: Readonly<Record<RevisionMove, Words>> = {
  release: { en: 'Release', zh: '发布' },
  retire: { en: 'Make obsolete', zh: '作废' },
};

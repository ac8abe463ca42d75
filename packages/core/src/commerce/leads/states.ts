/** Where a lead stands with the organization that follows it. */
export const leadStates = ['new', 'contacted', 'sampled', 'quoted', 'won', 'lost'] as const;
export type LeadState = (typeof leadStates)[number];

export const leadMoves = ['contact', 'sample', 'quote', 'win', 'lose', 'reopen'] as const;
export type LeadMove = (typeof leadMoves)[number];

/** The one transition table: state in which the move may be made → state after it. */
export const leadTransitions: Readonly<Record<LeadMove, Partial<Record<LeadState, LeadState>>>> = {
  contact: { new: 'contacted' },
  sample: { new: 'sampled', contacted: 'sampled' },
  quote: { new: 'quoted', contacted: 'quoted', sampled: 'quoted' },
  win: { quoted: 'won' },
  lose: { new: 'lost', contacted: 'lost', sampled: 'lost', quoted: 'lost' },
  reopen: { lost: 'contacted' },
};

export const leadMovesOf = (state: LeadState): LeadMove[] => leadMoves.filter((move) => leadTransitions[move][state] !== undefined);

/** How a lead came to the organization. */
export const leadSources = ['fair', 'visit', 'website', 'marketplace', 'referral', 'other'] as const;
export type LeadSource = (typeof leadSources)[number];

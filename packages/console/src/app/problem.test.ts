import { describe, expect, it } from 'vitest';
import { problemSentence } from './problem.js';

const problem = {
  code: 'measure.not_convertible',
  message: '2 KGM cannot be converted to H87.',
  details: { value: '2', from: 'KGM', to: 'H87', field: 'lines.0.quantity' },
  requestId: null,
  status: 422,
};
const known = { 'measure.not_convertible': { en: '', zh: '{value} {from} 不能换算为 {to}。' } };

describe('the sentence of a problem', () => {
  it('is the platform’s own where no other is known, with units as people write them', () => {
    expect(problemSentence(problem, 'en', {})).toBe('2 kg cannot be converted to pcs.');
  });

  it('is in the chosen language, its places filled', () => {
    expect(problemSentence(problem, 'zh', known)).toBe('2 千克 不能换算为 件。');
  });

  it('leaves a word alone that is no unit of its details', () => {
    expect(problemSentence({ ...problem, message: 'The SET is closed.', details: { state: 'closed' } }, 'en', {})).toBe(
      'The SET is closed.',
    );
  });
});

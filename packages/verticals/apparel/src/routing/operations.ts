import type { Words } from '@yunfab/core/access';

/** What an operation is done at. */
export const stationKinds = {
  cutting: { en: 'Cutting room', zh: '裁剪' },
  fusing: { en: 'Fusing press', zh: '粘合' },
  embroidery: { en: 'Embroidery', zh: '刺绣' },
  lockstitch: { en: 'Lockstitch', zh: '平缝' },
  overlock: { en: 'Overlock', zh: '包缝' },
  buttonhole: { en: 'Buttonhole and button', zh: '锁钉' },
  pressing: { en: 'Pressing', zh: '整烫' },
  checking: { en: 'Final check', zh: '终检' },
  packing: { en: 'Packing', zh: '包装' },
} as const satisfies Record<string, Words>;
export type StationKind = keyof typeof stationKinds;

/** One operation of a garment's own routing. */
export interface Operation {
  readonly id: string;
  readonly words: Words;
  readonly station: StationKind;
  /** Standard allowed minutes. Typical figures; every plant puts in its own time studies. */
  readonly sam: number;
  /** Operations that have to be done before. */
  readonly after: readonly string[];
}

const operation = (id: string, en: string, zh: string, station: StationKind, sam: number, ...after: string[]): Operation => ({
  id,
  words: { en, zh },
  station,
  sam,
  after,
});

export const shirtOperations: readonly Operation[] = [
  operation('cut', 'Spread and cut', '铺料裁剪', 'cutting', 1.2),
  operation('fuse', 'Fuse collar and cuffs', '领、袖口粘衬', 'fusing', 0.9, 'cut'),
  operation('collar-make', 'Run, turn and topstitch collar', '合领、翻领、压明线', 'lockstitch', 1.9, 'fuse'),
  operation('stand-join', 'Join collar and stand', '翻领与领座缝合', 'lockstitch', 1.2, 'collar-make'),
  operation('cuff-make', 'Make cuffs', '做袖口', 'lockstitch', 1.1, 'fuse'),
  operation('front', 'Button stand', '做门襟', 'lockstitch', 1.1, 'cut'),
  operation('sleeve-placket', 'Sleeve plackets', '做袖衩', 'lockstitch', 1.6, 'cut'),
  operation('shoulder', 'Shoulder seams', '合肩缝', 'overlock', 0.8, 'front'),
  operation('collar-attach', 'Attach and close collar', '绱领', 'lockstitch', 2.3, 'shoulder', 'stand-join'),
  operation('sleeve-set', 'Set sleeves', '绱袖', 'overlock', 1.5, 'shoulder', 'sleeve-placket'),
  operation('side', 'Close side and sleeve seams', '合侧缝与袖底缝', 'overlock', 1.2, 'sleeve-set'),
  operation('cuff-attach', 'Attach cuffs', '绱袖口', 'lockstitch', 1.4, 'side', 'cuff-make'),
  operation('hem', 'Hem', '卷下摆', 'lockstitch', 0.9, 'side'),
  operation('buttons', 'Buttonholes and buttons', '锁眼钉扣', 'buttonhole', 1.7, 'hem', 'cuff-attach', 'collar-attach'),
  operation('press', 'Press', '整烫', 'pressing', 2, 'buttons'),
  operation('check', 'Measure and check', '测量终检', 'checking', 1.5, 'press'),
  operation('pack', 'Pack', '包装', 'packing', 0.6, 'check'),
];

export const trousersOperations: readonly Operation[] = [
  operation('cut', 'Spread and cut', '铺料裁剪', 'cutting', 1),
  operation('fuse', 'Fuse waistband', '腰头粘衬', 'fusing', 0.5, 'cut'),
  operation('front-pocket', 'Slanted pockets', '做斜插袋', 'lockstitch', 2.2, 'cut'),
  operation('fly', 'Fly', '做门襟拉链', 'lockstitch', 2.4, 'front-pocket'),
  operation('outseam', 'Outseams', '合外侧缝', 'overlock', 1, 'front-pocket'),
  operation('inseam', 'Inseams', '合下裆缝', 'overlock', 0.9, 'outseam'),
  operation('seat', 'Seat seam', '合裆缝', 'overlock', 0.8, 'inseam', 'fly'),
  operation('belt-loops', 'Belt loops', '做串带', 'lockstitch', 1.2, 'cut'),
  operation('waistband', 'Attach waistband', '绱腰头', 'lockstitch', 1.8, 'seat', 'fuse', 'belt-loops'),
  operation('hem', 'Hem', '缲裤口', 'lockstitch', 1, 'inseam'),
  operation('buttons', 'Hook and button', '钉钩、锁钉', 'buttonhole', 0.8, 'waistband'),
  operation('press', 'Press with crease', '整烫压线', 'pressing', 2.4, 'buttons', 'hem'),
  operation('check', 'Measure and check', '测量终检', 'checking', 1.5, 'press'),
  operation('pack', 'Pack', '包装', 'packing', 0.6, 'check'),
];

/** What a configuration adds: the operation, and those that then have to wait for it. */
export interface AddedOperation {
  readonly operation: Operation;
  readonly before: readonly string[];
}

export const addedOperations = {
  chest_pocket: { operation: operation('pocket', 'Make and set chest pocket', '做胸袋', 'lockstitch', 1.4, 'front'), before: ['shoulder'] },
  monogram: { operation: operation('monogram', 'Embroider monogram', '绣字母', 'embroidery', 2.5, 'fuse'), before: ['cuff-make'] },
  dart: { operation: operation('dart', 'Back darts', '收后省', 'lockstitch', 0.8, 'cut'), before: ['outseam'] },
  pleat: { operation: operation('pleat', 'Front pleats', '收前褶', 'lockstitch', 0.6, 'cut'), before: ['front-pocket'] },
  turn_up: { operation: operation('turn-up', 'Turn-ups', '做翻边', 'lockstitch', 1.1, 'hem'), before: ['press'] },
} as const satisfies Record<string, AddedOperation>;
export type AddedOperationName = keyof typeof addedOperations;

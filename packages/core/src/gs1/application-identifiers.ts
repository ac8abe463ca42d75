/**
 * Application Identifiers of the GS1 General Specifications (section 3), release of January 2026: which exist, what their
 * data look like, and which of them a GS1 Digital Link may begin with. A test holds this table equal to GS1's own
 * Barcode Syntax Dictionary.
 */

/** One part of an AI's data: `N6` six digits, `X..20` up to twenty of character set 82; Y: set 39, Z: base64url. */
export interface Component {
  readonly set: 'N' | 'X' | 'Y' | 'Z';
  readonly shortest: number;
  readonly longest: number;
  readonly optional: boolean;
  /** Names of GS1's own content tests: `csum`, `yymmd0`. */
  readonly tests: readonly string[];
}

export interface ApplicationIdentifier {
  readonly ai: string;
  /** Its length is known from its first two digits: no separator follows it. */
  readonly predefinedLength: boolean;
  /** Whether it may stand behind the `?` of a Digital Link. */
  readonly attribute: boolean;
  readonly components: readonly Component[];
  /** For a primary key of a Digital Link: each way its qualifiers may follow, in order. Null: no primary key. */
  readonly qualifiers: readonly (readonly string[])[] | null;
}

/** AI or range, flags (`*` predefined length, `?` Digital Link attribute), format, qualifiers of a primary key. */
type Row = readonly [ais: string, flags: string, format: string, qualifiers?: string];

/** Families of trade and logistic measures: the fourth digit says how many decimals. */
const measures = [
  ['310', '316'],
  ['320', '337'],
  ['340', '357'],
  ['360', '369'],
].flatMap(([first = '', last = '']) => Array.from({ length: Number(last) - Number(first) + 1 }, (_, step) => String(Number(first) + step)));

// biome-ignore format: a table reads by its lines
const rows: readonly Row[] = [
  ['00', '*?', 'N18,csum,gcppos2', ''],
  ['01', '*?', 'N14,csum,gcppos2', '22,10,21|235'],
  ['02', '*?', 'N14,csum,gcppos2'],
  ['03', '*', 'N14,csum,gcppos2'],
  ['10', '?', 'X..20'],
  ['11-13', '*?', 'N6,yymmd0'],
  ['15-17', '*?', 'N6,yymmd0'],
  ['20', '*?', 'N2'],
  ['21-22', '', 'X..20'],
  ['235', '', 'X..28'],
  ['240-241', '?', 'X..30'],
  ['242', '?', 'N..6'],
  ['243', '?', 'X..20'],
  ['250-251', '?', 'X..30'],
  ['253', '?', 'N13,csum,gcppos1 [X..17]', ''],
  ['254', '', 'X..20'],
  ['255', '?', 'N13,csum,gcppos1 [N..12]', ''],
  ['30', '?', 'N..8'],
  ...measures.map((family): Row => [`${family}0-${family}5`, '*?', 'N6']),
  ['37', '?', 'N..8'],
  ['3900-3909', '?', 'N..15'],
  ['3910-3919', '?', 'N3,iso4217 N..15'],
  ['3920-3929', '?', 'N..15'],
  ['3930-3939', '?', 'N3,iso4217 N..15'],
  ['3940-3943', '?', 'N4'],
  ['3950-3955', '?', 'N6'],
  ['400', '?', 'X..30'],
  ['401', '?', 'X..30,gcppos1', ''],
  ['402', '?', 'N17,csum,gcppos1', ''],
  ['403', '?', 'X..30'],
  ['410-413', '*?', 'N13,csum,gcppos1'],
  ['414', '*?', 'N13,csum,gcppos1', '254|7040'],
  ['415', '*?', 'N13,csum,gcppos1', '8020'],
  ['416', '*?', 'N13,csum,gcppos1'],
  ['417', '*?', 'N13,csum,gcppos1', '7040'],
  ['420', '?', 'X..20'],
  ['421', '?', 'N3,iso3166 X..9'],
  ['422', '?', 'N3,iso3166'],
  ['423', '?', 'N3,iso3166 [N3],iso3166 [N3],iso3166 [N3],iso3166 [N3],iso3166'],
  ['424', '?', 'N3,iso3166'],
  ['425', '?', 'N3,iso3166 [N3],iso3166 [N3],iso3166 [N3],iso3166 [N3],iso3166'],
  ['426', '?', 'N3,iso3166'],
  ['427', '?', 'X..3'],
  ['4300-4301', '?', 'X..35,pcenc'],
  ['4302-4306', '?', 'X..70,pcenc'],
  ['4307', '?', 'X2,iso3166alpha2'],
  ['4308', '?', 'X..30'],
  ['4309', '?', 'N10,latitude N10,longitude'],
  ['4310-4311', '?', 'X..35,pcenc'],
  ['4312-4316', '?', 'X..70,pcenc'],
  ['4317', '?', 'X2,iso3166alpha2'],
  ['4318', '?', 'X..20'],
  ['4319', '?', 'X..30'],
  ['4320', '?', 'X..35,pcenc'],
  ['4321-4323', '?', 'N1,yesno'],
  ['4324-4325', '?', 'N6,yymmd0 N4,hhmi'],
  ['4326', '?', 'N6,yymmdd'],
  ['4330-4333', '?', 'N6 [X1],hyphen'],
  ['7001', '?', 'N13'],
  ['7002', '?', 'X..30'],
  ['7003', '?', 'N6,yymmdd N4,hhmi'],
  ['7004', '?', 'N..4'],
  ['7005', '?', 'X..12'],
  ['7006', '?', 'N6,yymmdd'],
  ['7007', '?', 'N6,yymmdd [N6],yymmdd'],
  ['7008', '?', 'X..3'],
  ['7009', '?', 'X..10'],
  ['7010', '?', 'X..2'],
  ['7011', '?', 'N6,yymmdd [N4],hhmi'],
  ['7020-7022', '?', 'X..20'],
  ['7023', '?', 'X..30,gcppos1'],
  ['7030-7039', '?', 'N3,iso3166999 X..27'],
  ['7040', '', 'N1 X1 X1 X1,importeridx'],
  ['7041', '', 'X..4,packagetype'],
  ['710-717', '?', 'X..20'],
  ['7230-7239', '?', 'X2 X..28'],
  ['7240', '?', 'X..20'],
  ['7241', '?', 'N2,mediatype'],
  ['7242', '?', 'X..25'],
  ['7250', '?', 'N8,yyyymmdd'],
  ['7251', '?', 'N8,yyyymmdd N4,hhmi'],
  ['7252', '?', 'N1,iso5218'],
  ['7253-7254', '?', 'X..40,pcenc'],
  ['7255', '?', 'X..10'],
  ['7256', '?', 'X..90,pcenc'],
  ['7257', '?', 'X..70,pcenc'],
  ['7258', '?', 'X3,posinseqslash'],
  ['7259', '?', 'X..40,pcenc'],
  ['8001', '?', 'N4,nonzero N5,nonzero N3,nonzero N1,winding N1'],
  ['8002', '?', 'X..20'],
  ['8003', '?', 'N1,zero N13,csum,gcppos1 [X..16]', ''],
  ['8004', '?', 'X..30,gcppos1', '7040'],
  ['8005', '?', 'N6'],
  ['8006', '?', 'N14,csum,gcppos2 N4,pieceoftotal', '22,10,21'],
  ['8007', '?', 'X..34,iban'],
  ['8008', '?', 'N6,yymmdd N2,hh [N2],mi [N2],ss'],
  ['8009', '?', 'X..50'],
  ['8010', '?', 'Y..30,gcppos1', '8011'],
  ['8011', '', 'N..12,nozeroprefix'],
  ['8012', '?', 'X..20'],
  ['8013', '?', 'X..25,csumalpha,gcppos1', ''],
  ['8014', '', 'X..25,csumalpha,gcppos1,hasnondigit'],
  ['8017', '?', 'N18,csum,gcppos1', '8019'],
  ['8018', '?', 'N18,csum,gcppos1', '8019'],
  ['8019', '', 'N..10'],
  ['8020', '', 'X..25'],
  ['8026', '?', 'N14,csum,gcppos2 N4,pieceoftotal'],
  ['8030', '?', 'Z..90'],
  ['8040-8041', '', 'N15'],
  ['8042', '', 'N32'],
  ['8043', '', 'N18 [N..2]'],
  ['8110', '?', 'X..70,couponcode'],
  ['8111', '?', 'N4'],
  ['8112', '?', 'X..70,couponposoffer'],
  ['8200', '', 'X..70'],
  ['90', '?', 'X..30'],
  ['91-99', '?', 'X..90'],
];

const byAi: ReadonlyMap<string, ApplicationIdentifier> = new Map(
  rows.flatMap(([ais, flags, format, qualifiers]) =>
    expand(ais).map((ai) => [
      ai,
      {
        ai,
        predefinedLength: flags.includes('*'),
        attribute: flags.includes('?'),
        components: format.split(' ').map(component),
        qualifiers: qualifiers === undefined ? null : qualifiers.split('|').map((each) => each.split(',').filter((one) => one !== '')),
      },
    ]),
  ),
);

function expand(ais: string): string[] {
  const [first = '', last = first] = ais.split('-');
  return Array.from({ length: Number(last) - Number(first) + 1 }, (_, step) => String(Number(first) + step).padStart(first.length, '0'));
}

function component(written: string): Component {
  const optional = written.startsWith('[');
  const [shape = '', ...tests] = written.replaceAll(/[[\]]/g, '').split(',');
  const [, set = 'X', upTo, length = '0'] = /^([NXYZ])(\.\.)?(\d+)$/.exec(shape) ?? [];
  return { set: set as Component['set'], shortest: upTo ? 1 : Number(length), longest: Number(length), optional, tests };
}

export const applicationIdentifiers: readonly ApplicationIdentifier[] = [...byAi.values()];

export const applicationIdentifier = (ai: string): ApplicationIdentifier | undefined => byAi.get(ai);

/** The AI at the beginning of `text`: two to four digits, of which no other is a beginning. */
export function applicationIdentifierAt(text: string): ApplicationIdentifier | undefined {
  for (const length of [2, 3, 4]) {
    const found = byAi.get(text.slice(0, length));
    if (found) return found;
  }
  return undefined;
}

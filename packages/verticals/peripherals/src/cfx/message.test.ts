import { describe, expect, it } from 'vitest';
import { readCfxMessage } from './message.js';
import { readState } from './states.js';

const envelope = (MessageName: string, MessageBody: unknown) => ({
  MessageName,
  Version: '1.7',
  TimeStamp: '2026-11-28T08:00:00+08:00',
  UniqueID: 'UID564545645645',
  Source: 'SNBC.PNP.SN23123',
  Target: null,
  RequestID: null,
  MessageBody,
});

describe('IPC-CFX resource states', () => {
  it.each([
    ['PRD', 1000],
    ['PRD_RegularWork', 1100],
    ['RegularWork', 1100],
    ['SBY', 2000],
    ['NoProductBlocked', 2201],
    ['SBY_NoProductStarved', 2202],
    ['ENG', 3000],
    ['SDT', 4000],
    ['USD', 5000],
  ])('peripherals.md: %s is %i, as name, number or number in quotes', (name, number) => {
    expect(readState(name)).toMatchObject({ number });
    expect(readState(number)).toEqual(readState(name));
    expect(readState(String(number))).toEqual(readState(name));
  });
  it('knows no other', () => {
    for (const written of ['22A0', 2203, '', null, 'toString']) expect(readState(written)).toBeNull();
  });
});

describe('IPC-CFX messages', () => {
  it('MaterialsInstalled: each designator of each board of the panel, with its lot', () => {
    const { message, issues } = readCfxMessage(
      envelope('CFX.Production.Assembly.MaterialsInstalled', {
        TransactionId: '2c24590d-39c5-4039-96a5-91900cecedfa',
        InstalledMaterials: [1, 2].map((position) => ({
          UnitIdentifier: 'PANEL23423432',
          UnitPositionNumber: position,
          Material: { UniqueIdentifier: 'UID23849854385', InternalPartNumber: 'PN4452', ManufacturerLotCode: 'LOT-A' },
          QuantityInstalled: 2,
          InstalledComponents: [{ ReferenceDesignator: 'R1' }, { ReferenceDesignator: 'R2', LotCode: 'LOT-B' }],
        })),
      }),
    );
    expect(issues).toEqual([]);
    expect(message).toMatchObject({ at: '2026-11-28T00:00:00.000Z', source: 'SNBC.PNP.SN23123' });
    expect(message?.content).toEqual({
      kind: 'materials_installed',
      placements: [1, 2].flatMap((position) => [
        { identifier: 'PANEL23423432', position, designator: 'R1', partNumber: 'PN4452', lot: 'LOT-A' },
        { identifier: 'PANEL23423432', position, designator: 'R2', partNumber: 'PN4452', lot: 'LOT-B' },
      ]),
    });
  });
  it.each(['CFX.Production.Testing.UnitsTested', 'CFX.Production.TestAndInspection.UnitsTested'])('peripherals.md: reads %s', (name) => {
    const TestedUnits = [
      { UnitIdentifier: 'PANEL1', UnitPositionNumber: 1, OverallResult: 'Passed' },
      { UnitIdentifier: 'PANEL1', UnitPositionNumber: 2, OverallResult: 'Failed' },
    ];
    expect(readCfxMessage(envelope(name, { TestedUnits })).message?.content).toEqual({
      kind: 'units_tested',
      results: [
        { identifier: 'PANEL1', position: 1, passed: true },
        { identifier: 'PANEL1', position: 2, passed: false },
      ],
    });
  });
  it('UnitsArrived, WorkCompleted and StationStateChanged, whatever the case of fields', () => {
    const arrived = readCfxMessage(
      envelope('CFX.Production.UnitsArrived', { units: { $values: [{ unitIdentifier: 'P1', positionNumber: 2 }] } }),
    );
    expect(arrived.message?.content).toEqual({ kind: 'units_arrived', units: [{ identifier: 'P1', position: 2 }] });
    const work = readCfxMessage(envelope('CFX.Production.WorkCompleted', { PrimaryIdentifier: 'P1', Result: 'Failed' }));
    expect(work.message?.content).toEqual({ kind: 'work_completed', units: [{ identifier: 'P1', position: 1 }], completed: false });
    const state = readCfxMessage(envelope('CFX.ResourcePerformance.StationStateChanged', { OldState: 'PRD', NewState: '2201' }));
    expect(state.message?.content).toMatchObject({ from: { name: 'PRD' }, to: { name: 'SBY_NoProductBlocked', basic: 'standby' } });
  });
  it('tells every issue with its path and keeps what is whole', () => {
    const { message, issues } = readCfxMessage(
      envelope('CFX.Production.Assembly.MaterialsInstalled', {
        InstalledMaterials: [
          { UnitIdentifier: 'P1', Material: { LotCode: 'L1' }, InstalledComponents: [{ ReferenceDesignator: 'C1' }, {}] },
          { UnitIdentifier: 'P1', InstalledComponents: [{ ReferenceDesignator: 'C2' }] },
          { InstalledComponents: [{ ReferenceDesignator: 'C3' }] },
          7,
        ],
      }),
    );
    expect(message?.content).toMatchObject({ placements: [{ designator: 'C1', lot: 'L1' }] });
    expect(issues.map(({ at }) => at.replace('MessageBody.InstalledMaterials.', ''))).toEqual([
      '0.InstalledComponents.1.ReferenceDesignator',
      '1.Material',
      '2.UnitIdentifier',
      '3.UnitIdentifier',
      '3.InstalledComponents',
    ]);
  });
  it.each([
    [null, ''],
    ['text', ''],
    [envelope('CFX.Heartbeat', {}), 'MessageName'],
    [envelope('ACME.UnitsArrived', {}), 'MessageName'],
    [{ ...envelope('CFX.Production.UnitsArrived', { Units: [] }), TimeStamp: 'soon' }, 'TimeStamp'],
    [envelope('CFX.Production.UnitsArrived', 5), 'MessageBody'],
    [envelope('CFX.ResourcePerformance.StationStateChanged', { NewState: '22A0' }), 'MessageBody.NewState'],
  ])('refuses %j without throwing', (given, at) => {
    const { message, issues } = readCfxMessage(given);
    expect(message).toBeNull();
    expect(issues[0]?.at).toBe(at);
  });
});

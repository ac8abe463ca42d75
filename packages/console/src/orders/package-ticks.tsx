import { useState } from 'react';
import type { Client } from '../app/client.js';
import { useFormat } from '../app/platform.js';
import { ScanField } from '../design/scan-field.js';
import { plus } from '../format/decimal.js';
import { useWords } from '../words/words.js';
import { isScanOf, ticked as tickedWith } from './scanned-package.js';

export type ShipmentDetail = Awaited<ReturnType<Client['orders']['shipments']['get']>>;
export type PackageOf = ShipmentDetail['packages'][number];

interface PackageTicksProps {
  readonly detail: ShipmentDetail;
  readonly ticked: ReadonlySet<string>;
  readonly onTick: (ticked: ReadonlySet<string>) => void;
}

/** The packages of a delivery, ticked off one after the other as they are scanned or seen. */
export function PackageTicks({ detail: { packages, lines }, ticked, onTick }: PackageTicksProps) {
  const { t, say } = useWords();
  const format = useFormat();
  const [said, setSaid] = useState<{ readonly text: string; readonly wrong: boolean } | null>(null);
  const nameOf = ({ typeWords, number }: PackageOf) => `${say(typeWords)} ${number}`;
  const scan = (code: string) => {
    const found = packages.find((each) => isScanOf(code, each));
    if (!found) return setSaid({ text: t('scan.notOfShipment', { code }), wrong: true });
    if (ticked.has(found.id)) return setSaid({ text: t('scan.again', { package: nameOf(found) }), wrong: false });
    onTick(tickedWith(found.id, true, ticked, packages));
    setSaid({ text: t('scan.ticked', { package: nameOf(found) }), wrong: false });
  };
  const lots = new Map(lines.map((line) => [line.id, line.lot?.code ?? line.description]));
  return (
    <fieldset className="form" style={{ gap: 8 }} data-ticks={ticked.size}>
      <legend>
        <strong>{t('scan.tickOff')}</strong>{' '}
        <span className="soft">{t('scan.tickedOf', { ticked: String(ticked.size), all: String(packages.length) })}</span>
      </legend>
      <ScanField
        label={t('scan.field')}
        hint={said && !said.wrong ? said.text : t('scan.tickHint')}
        problem={said?.wrong ? said.text : undefined}
        listens
        onScan={scan}
      />
      <ul className="ticks">
        {packages.map((each) => (
          <li key={each.id} style={{ paddingInlineStart: depthOf(each, packages) * 20 }}>
            <label className="check">
              <input
                type="checkbox"
                checked={ticked.has(each.id)}
                onChange={(event) => onTick(tickedWith(each.id, event.target.checked, ticked, packages))}
              />
              <span>
                {say(each.typeWords)} <span className="mono">{each.number}</span>{' '}
                <span className="soft">
                  {each.contents
                    .map(({ shipmentLine, quantity }) => `${lots.get(shipmentLine)}: ${format.quantity(quantity.value, quantity.unit)}`)
                    .join(' · ')}
                </span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

export function depthOf({ inside }: PackageOf, packages: readonly PackageOf[]): number {
  const holder = packages.find(({ id }) => id === inside);
  return holder ? depthOf(holder, packages) + 1 : 0;
}

/** How much of each shipment line the ticked packages hold, in the unit of the order's line. */
export function heldBy(ticked: ReadonlySet<string>, packages: readonly PackageOf[]): ReadonlyMap<string, string> {
  const held = new Map<string, string>();
  for (const { id, contents } of packages)
    if (ticked.has(id))
      for (const { shipmentLine, quantity } of contents) held.set(shipmentLine, plus(held.get(shipmentLine) ?? '0', quantity.value));
  return held;
}

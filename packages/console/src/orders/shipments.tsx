import { Link } from 'wouter';
import { Panel } from '../design/panel.js';
import { RecordTable } from '../design/record-table.js';
import { Amount, Moment } from '../design/time.js';
import { useWords } from '../words/words.js';
import type { Order } from './order-page.js';
import { ShipmentDetails } from './shipment-details.js';

export function Shipments({ order }: { readonly order: Order }) {
  const { t } = useWords();
  if (order.shipments.length === 0) return null;
  const rows = order.shipments.flatMap((shipment) => shipment.lines.map((line) => ({ shipment, line })));
  const unitOf = (line: string) => order.lines.find(({ id }) => id === line)?.quantity.unit ?? '';
  return (
    <Panel title={t('shipments.title')} flush>
      <RecordTable
        label={t('shipments.title')}
        rows={rows}
        keyOf={({ line }) => line.id}
        columns={[
          { name: 'number', words: t('shipments.number'), cell: ({ shipment }) => shipment.number },
          { name: 'at', words: t('shipments.at'), wide: true, cell: ({ shipment }) => <Moment at={shipment.shippedAt} /> },
          {
            name: 'lot',
            words: t('shipments.lot'),
            cell: ({ line }) => (line.lot ? <Link href={`/lots/${line.lot.id}`}>{line.lot.code}</Link> : '–'),
          },
          {
            name: 'quantity',
            words: t('ledger.shipped'),
            number: true,
            cell: ({ line }) => <Amount value={line.quantity.value} unit={line.quantity.unit} />,
          },
          {
            name: 'received',
            words: t('ledger.received'),
            number: true,
            cell: ({ line }) => <Amount value={line.received} unit={unitOf(line.line)} />,
          },
          {
            name: 'accepted',
            words: t('ledger.accepted'),
            number: true,
            cell: ({ line }) => <Amount value={line.accepted} unit={unitOf(line.line)} />,
          },
          {
            name: 'conceded',
            words: t('delivery.conceded'),
            number: true,
            wide: true,
            cell: ({ line }) => <Amount value={line.conceded} unit={unitOf(line.line)} />,
          },
          {
            name: 'rejected',
            words: t('ledger.rejected'),
            number: true,
            wide: true,
            cell: ({ line }) => <Amount value={line.rejected} unit={unitOf(line.line)} />,
          },
        ]}
      />
      <div className="stack" style={{ padding: '12px 16px' }}>
        {order.shipments.map((shipment) => (
          <ShipmentDetails key={shipment.id} order={order} shipment={shipment.id} />
        ))}
      </div>
    </Panel>
  );
}

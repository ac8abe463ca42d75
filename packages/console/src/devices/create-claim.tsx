import { lazy, Suspense, useState } from 'react';
import type { Client } from '../app/client.js';
import { useCommand } from '../app/platform.js';
import { MoveForm } from '../orders/move-form.js';
import { useWords } from '../words/words.js';
import { type Life, LifeField } from './life-field.js';

type Claim = Awaited<ReturnType<Client['equipment']['claims']['create']>>;

// With what draws QR codes, which no other part of the page needs.
const ShownClaim = lazy(async () => ({ default: (await import('./shown-claim.js')).ShownClaim }));

/** Makes a claim code and shows it, this once. */
export function CreateClaim({ device, onDone }: { readonly device: string; readonly onDone: () => void }) {
  const { t } = useWords();
  const [life, setLife] = useState<Life>(86_400);
  const [claim, setClaim] = useState<Claim | null>(null);
  const command = useCommand(
    (yunfab, expiresInS: number, options) => yunfab.equipment.claims.create({ device, expiresInS }, options),
    ['equipment.claims'],
  );
  const submit = async () => {
    const made = await command.run(life);
    if (made?.code) setClaim(made);
    else if (made) onDone();
  };
  if (claim?.code)
    return (
      <Suspense>
        <ShownClaim code={claim.code} device={device} expiresAt={claim.expiresAt} onClose={onDone} />
      </Suspense>
    );
  return (
    <MoveForm
      title={`${t('claims.create')}: ${device}`}
      effect={t('claims.createEffect')}
      submit={t('claims.create')}
      command={command}
      onSubmit={() => void submit()}
      onCancel={onDone}
    >
      <LifeField label={t('claims.for')} from={3600} to={2_592_000} value={life} onChange={setLife} />
    </MoveForm>
  );
}

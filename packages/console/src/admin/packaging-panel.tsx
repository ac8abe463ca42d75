import { useState } from 'react';
import type { Client } from '../app/client.js';
import { useFieldProblems } from '../app/error-words.js';
import { useMay } from '../app/permissions.js';
import { useAsk, useCommand, useFormat } from '../app/platform.js';
import { Screen } from '../app/states.js';
import { Button } from '../design/button.js';
import { Field } from '../design/field.js';
import { Facts, Panel } from '../design/panel.js';
import { MoveForm } from '../orders/move-form.js';
import { useWords } from '../words/words.js';

type Packaging = Awaited<ReturnType<Client['orders']['packaging']['get']>>;

/** With which numbers the organization marks its packages. */
export function PackagingPanel() {
  const asked = useAsk(['orders.packaging.get', {}], (yunfab, options) => yunfab.orders.packaging.get({}, options));
  return (
    <Screen asked={asked} nested>
      {(packaging) => <Numbers packaging={packaging} />}
    </Screen>
  );
}

function Numbers({ packaging: { gs1Prefix, nextSscc, ssccLeft, nextPackage } }: { readonly packaging: Packaging }) {
  const { t } = useWords();
  const format = useFormat();
  const may = useMay();
  const [registering, setRegistering] = useState(false);
  return (
    <Panel
      title={t('packaging.numbers')}
      aside={
        may('orders.packaging') ? (
          <Button onClick={() => setRegistering(true)}>{t(gs1Prefix ? 'packaging.change' : 'packaging.register')}</Button>
        ) : undefined
      }
    >
      <div className="stack">
        {gs1Prefix ? null : <p className="soft">{t('packaging.none')}</p>}
        <Facts
          facts={[
            { label: t('packaging.prefix'), value: gs1Prefix ? <span className="mono">{gs1Prefix}</span> : '–' },
            nextSscc ? { label: t('packaging.nextSscc'), value: <span className="mono">{nextSscc}</span> } : null,
            ssccLeft === null ? null : { label: t('packaging.left'), value: format.number(ssccLeft) },
            { label: t('packaging.nextInternal'), value: <span className="mono">{nextPackage}</span> },
          ]}
        />
      </div>
      {registering ? <RegisterPrefix current={gs1Prefix} onDone={() => setRegistering(false)} /> : null}
    </Panel>
  );
}

function RegisterPrefix({ current, onDone }: { readonly current: string | null; readonly onDone: () => void }) {
  const { t } = useWords();
  const [prefix, setPrefix] = useState('');
  const command = useCommand(
    (yunfab, input: { prefix: string }, options) => yunfab.orders.packaging.registerPrefix(input, options),
    ['orders.packaging.get'],
  );
  const wrong = useFieldProblems(command.problem);
  return (
    <MoveForm
      title={t('packaging.register')}
      effect={current ? t('packaging.changeEffect', { prefix: current }) : t('packaging.registerEffect')}
      submit={t('packaging.submit')}
      ready={prefix.trim() !== ''}
      command={command}
      onSubmit={() => void command.run({ prefix: prefix.trim() }).then((done) => done && onDone())}
      onCancel={onDone}
    >
      <Field label={t('packaging.prefix')} hint={t('packaging.prefixHint')} problem={wrong['prefix'] && t('packaging.prefixWrong')}>
        {(input) => (
          <input
            {...input}
            required
            className="input mono"
            inputMode="numeric"
            maxLength={20}
            value={prefix}
            onChange={(event) => setPrefix(event.target.value)}
          />
        )}
      </Field>
    </MoveForm>
  );
}

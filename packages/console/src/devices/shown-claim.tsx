import { encodeQR } from 'qr';
import { useMemo } from 'react';
import { useFormat } from '../app/platform.js';
import { Button } from '../design/button.js';
import { CodeLine } from '../design/code-line.js';
import { Dialog } from '../design/dialog.js';
import { useWords } from '../words/words.js';

interface ShownClaimProps {
  readonly code: string;
  readonly device: string;
  readonly expiresAt: string;
  readonly onClose: () => void;
}

/** A claim code, this once: to be read, copied, or scanned by an installer's phone. */
export function ShownClaim({ code, device, expiresAt, onClose }: ShownClaimProps) {
  const { t } = useWords();
  const format = useFormat();
  const redeem = `curl -X POST ${location.origin}/api/device-claims/redeem -H 'content-type: application/json' -d '{"code":"${code}"}'`;
  return (
    <Dialog open onOpenChange={() => {}} title={t('claims.made', { device })} what={t('secret.once')}>
      <div className="stack">
        <div className="claim">
          <QrPicture text={code} label={t('claims.picture')} />
          <p className="mono claim-code" data-claim-code>
            {code}
          </p>
        </div>
        <p>{t('claims.until', { when: format.moment(expiresAt) })}</p>
        <CodeLine label={t('claims.code')} code={code} />
        <CodeLine label={t('claims.redeem')} code={redeem} />
        <div className="actions end">
          <Button look="primary" onClick={onClose}>
            {t('secret.kept')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

/** Modules of light around it, as ISO/IEC 18004 asks for. */
const quietZone = 4;

function QrPicture({ text, label }: { readonly text: string; readonly label: string }) {
  const modules = useMemo(() => encodeQR(text, 'raw', { ecc: 'medium', border: quietZone }), [text]);
  const dark = modules.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return (
    <svg className="qr" role="img" aria-label={label} viewBox={`0 0 ${modules.length} ${modules.length}`} shapeRendering="crispEdges">
      <rect width={modules.length} height={modules.length} fill="var(--paper)" />
      <path d={dark} fill="var(--print)" />
    </svg>
  );
}

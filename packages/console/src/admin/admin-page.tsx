import { NotFound } from '../app/states.js';
import { PageHead } from '../design/page-head.js';
import { MeteringPanel } from '../duties/metering-panel.js';
import { TermsPanel } from '../duties/terms-panel.js';
import { BadgesPanel } from '../floor/badges-panel.js';
import { useWords } from '../words/words.js';
import { DevicesPanel } from './devices-panel.js';
import { GrantsPanel } from './grants-panel.js';
import { IndustriesPanel } from './industries-panel.js';
import { KeysPanel } from './keys-panel.js';
import { MembersPanel } from './members-panel.js';
import { PackagingPanel } from './packaging-panel.js';

const parts = {
  keys: KeysPanel,
  members: MembersPanel,
  devices: DevicesPanel,
  grants: GrantsPanel,
  industries: IndustriesPanel,
  packaging: PackagingPanel,
  terms: TermsPanel,
  metering: MeteringPanel,
  badges: BadgesPanel,
} as const;
type Part = keyof typeof parts;

export function AdminPage({ part }: { readonly part: string }) {
  const { t } = useWords();
  if (!Object.hasOwn(parts, part)) return <NotFound />;
  const Shown = parts[part as Part];
  return (
    <>
      <PageHead
        title={t(`admin.${part as Part}`)}
        crumbs={<span>{t('rail.admin')}</span>}
        below={<p className="soft">{t(`admin.${part as Part}What`)}</p>}
      />
      <Shown />
    </>
  );
}

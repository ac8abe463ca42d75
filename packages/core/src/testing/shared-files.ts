import { randomBytes } from 'node:crypto';
import type { SharedWorldPorts } from './shared-world.js';
import type { VisibilityMatrix } from './visibility-matrix.js';

interface Identified {
  readonly id: string;
}

/** A drawing that the party attached to an order of its own; `theirs` is an order of the unrelated organization. */
export async function createSharedFiles({
  invoke,
  upload,
  order,
  theirs,
  mark,
}: Pick<SharedWorldPorts, 'invoke' | 'upload'> & {
  readonly order: string;
  readonly theirs: string | null;
  readonly mark: string;
}): Promise<{
  readonly secrets: readonly string[];
  readonly probes: VisibilityMatrix['probes'];
}> {
  const name = `drawing-${mark}.txt`;
  const sha256 = await upload('party', name, `what only the sides of the order read, ${mark}`);
  const attached = { record: order, sha256, role: 'drawing', revision: `rev ${mark}` };
  const { id: attachment } = await invoke<Identified>('party', 'files.attach', attached);
  const absentHash = () => randomBytes(32).toString('hex');
  return {
    secrets: [sha256, attachment, name],
    probes: {
      'files.attach': { input: { record: order, sha256, role: 'other' }, ids: [order] },
      'files.attach (of a content of another)': {
        input: { record: theirs ?? order, sha256, role: 'other' },
        ids: [sha256],
        absent: absentHash,
        strangersOnly: true,
      },
      'files.detach': { input: { attachment }, ids: [attachment] },
      'files.list': { input: { record: order }, ids: [order], granted: true },
      'files.usage': { input: {} },
    },
  };
}

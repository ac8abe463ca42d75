/** What the kept bytes of a message can be shown as; `json` is null where they are no JSON. */
export interface Payload {
  readonly text: string;
  readonly json: string | null;
  /** Whether every byte belongs to UTF-8 text. */
  readonly isText: boolean;
}

export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

export function readPayload(bytes: Uint8Array): Payload {
  const text = new TextDecoder().decode(bytes);
  let isText = true;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    isText = false;
  }
  return { text, json: indented(text), isText };
}

function indented(text: string): string | null {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return null;
  }
}

export interface Piece {
  readonly text: string;
  /** Stands for a character that is not seen by itself. */
  readonly marked: boolean;
}

// Controls, and what turns writing around or takes no room (Unicode TR36): it must not hide what a device sent.
const unseen = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The text in pieces, every unseen character written as its code point. */
export function visible(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { 0: character, index } of text.matchAll(unseen)) {
    if (index > from) pieces.push({ text: text.slice(from, index), marked: false });
    pieces.push({ text: `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`, marked: true });
    from = index + character.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), marked: false });
  return pieces;
}

const perRow = 16;

/** As `hexdump -C` writes: place, sixteen bytes, and those of them that are printable ASCII. */
export function hexDump(bytes: Uint8Array): string {
  const rows: string[] = [];
  for (let at = 0; at < bytes.length; at += perRow) {
    const row = [...bytes.subarray(at, at + perRow)];
    const hex = row.map((byte) => byte.toString(16).padStart(2, '0'));
    const halves = [hex.slice(0, 8).join(' ').padEnd(23), hex.slice(8).join(' ').padEnd(23)].join('  ');
    const ascii = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    rows.push(`${at.toString(16).padStart(8, '0')}  ${halves}  ${ascii}`);
  }
  return rows.join('\n');
}

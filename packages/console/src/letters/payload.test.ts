import { describe, expect, it } from 'vitest';
import { bytesOf, hexDump, readPayload, visible } from './payload.js';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('the payload of a dead letter', () => {
  it('is read as text and as indented JSON', () => {
    expect(readPayload(bytes('{"ts":1}'))).toEqual({ text: '{"ts":1}', json: '{\n  "ts": 1\n}', isText: true });
    expect(readPayload(bytes('{"ts":NaN}'))).toMatchObject({ json: null, isText: true });
    expect(readPayload(Uint8Array.of(0x7b, 0xff))).toMatchObject({ text: '{\uFFFD', isText: false });
  });

  it('hides no character that is not seen by itself', () => {
    expect(visible('a\u202eb\u0000')).toEqual([
      { text: 'a', marked: false },
      { text: 'U+202E', marked: true },
      { text: 'b', marked: false },
      { text: 'U+0000', marked: true },
    ]);
    expect(visible('山海\n\t{}')).toEqual([{ text: '山海\n\t{}', marked: false }]);
  });

  it('is dumped as hexdump -C does', () => {
    expect(hexDump(bytes('0123456789abcdef\u0007'))).toBe(
      '00000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  0123456789abcdef\n' +
        '00000010  07                                                .',
    );
    expect(hexDump(bytesOf('AP8='))).toMatch(/^00000000 {2}00 ff /);
  });
});

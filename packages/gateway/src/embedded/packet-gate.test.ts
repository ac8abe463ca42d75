import fc from 'fast-check';
import mqttPacket, { type Packet } from 'mqtt-packet';
import { expect, it } from 'vitest';
import { limits } from '../limits.js';
import { PacketGate, PacketTooLong, passedBytes } from './packet-gate.js';

const connect = mqttPacket.generate({ cmd: 'connect', clientId: 'maker/oven-1', protocolId: 'MQTT', protocolVersion: 4, clean: true });
const topic = 'yf/v1/maker/oven-1/telemetry';
const publish = (size: number, messageId: number) =>
  mqttPacket.generate({ cmd: 'publish', topic, payload: Buffer.alloc(size, messageId), qos: 1, messageId, dup: false, retain: false });
const header = 2 + topic.length + 2;

/** What a broker reads of it when it comes in pieces cut at these places. */
function read(stream: Buffer, cuts: readonly number[], gate = new PacketGate()): Packet[] {
  const packets: Packet[] = [];
  const parser = mqttPacket.parser({ protocolVersion: 4 });
  parser.on('packet', (packet: Packet) => packets.push(packet));
  parser.on('error', (error) => {
    throw error;
  });
  const places = [0, ...cuts.map((cut) => cut % stream.length).sort((a, b) => a - b), stream.length];
  for (const [n, place] of places.slice(1).entries()) {
    const passed = gate.pass(stream.subarray(places[n], place));
    if (passed.length > 0) parser.parse(passed);
  }
  return packets;
}

it('passes every packet on, of an oversized message its beginning, wherever the stream is cut', () => {
  const size = fc.oneof(
    fc.integer({ min: 0, max: 300 }),
    fc.constantFrom(limits.messageBytes, limits.messageBytes + 1, passedBytes - header, passedBytes - header + 1, 1_000_000),
  );
  fc.assert(
    fc.property(fc.array(size, { maxLength: 4 }), fc.array(fc.nat(5_000_000), { maxLength: 30 }), (sizes, cuts) => {
      const stream = Buffer.concat([connect, ...sizes.map((each, n) => publish(each, n + 1))]);
      const gate = new PacketGate();
      const packets = read(stream, cuts, gate).flatMap((packet) => (packet.cmd === 'publish' ? [packet] : []));
      const whole = packets.map(({ payload, messageId }) => {
        expect(Buffer.alloc(payload.length, messageId).equals(Buffer.from(payload))).toBe(true);
        expect(payload.length).toBeLessThanOrEqual(passedBytes);
        return payload.length + (payload.length + header > limits.messageBytes ? gate.nextMissing() : 0);
      });
      expect(whole).toEqual(sizes);
    }),
    { numRuns: 60 },
  );
});

it('cut at every byte of the headers reads the same', () => {
  const stream = Buffer.concat([connect, publish(3, 1), publish(1_000_000, 2), publish(0, 3)]);
  const around = (place: number) => Array.from({ length: 8 }, (_, n) => place + n);
  const second = connect.length + publish(3, 1).length;
  const cuts = [...around(0), ...around(connect.length), ...around(second), ...around(second + publish(1_000_000, 2).length)];
  expect(read(stream, cuts).map(({ cmd, messageId }) => [cmd, messageId])).toEqual([
    ['connect', undefined],
    ['publish', 1],
    ['publish', 2],
    ['publish', 3],
  ]);
});

it('knows a packet that is too long by its header, the first one sooner', () => {
  const headerOf = (type: number, length: number) =>
    Buffer.from([type << 4, (length & 127) | 128, ((length >> 7) & 127) | 128, ((length >> 14) & 127) | 128, length >> 21]);
  expect(() => new PacketGate().pass(headerOf(1, limits.connectBytes + 1))).toThrow(PacketTooLong);
  const gate = new PacketGate();
  expect(gate.isIntroduced).toBe(false);
  gate.pass(connect.subarray(0, 10));
  expect(gate.isIntroduced).toBe(false);
  gate.pass(connect.subarray(10));
  expect(gate.isIntroduced).toBe(true);
  gate.pass(headerOf(3, limits.packetBytes));
  const other = new PacketGate();
  other.pass(connect);
  expect(() => other.pass(headerOf(3, limits.packetBytes + 1))).toThrow(PacketTooLong);
});

// One kind of attack on a port, until it is ended.
'use strict';
const {caseOf, stormOf} = require('../../dist/__tests__/fuzz/case-generator');
const {CaseRunner} = require('../../dist/__tests__/fuzz/case-runner');
const {HostileSocket} = require('../../dist/__tests__/fuzz/hostile-socket');
const {wsFrame} = require('../../dist/__tests__/fuzz/ws-frame');
const {givenToken} = require('../../dist/__tests__/fixtures/token');

const [port, kind, seed] = process.argv.slice(2);
const address = {host: '127.0.0.1', port: Number(port)};
const CONNECTS_PER_SECOND = 1000;
const TEXT = 1;
const BINARY = 2;
const TURN_MS = 5;
const MAX_LATE_MS = 15;
const LANES = 4;

let done = 0;

/**
 * Calls `act` so many times a second. Of what a turn came too late for only some is
 * made up for: an attacker with a machine of its own would not send it in one go.
 */
function pace(perSecond, act) {
  let called = 0;
  let due = 0;
  let last = Date.now();
  setInterval(() => {
    const now = Date.now();
    due += (Math.min(now - last, MAX_LATE_MS) / 1000) * perSecond;
    last = now;
    for (; called < due; called++) act(called);
  }, TURN_MS);
}

/** The server, as it is for each of a thousand. */
function elsewhere(number) {
  const network = `10.0.${(number >> 8) & 3}.${number & 255}`;
  return {...address, network};
}

function badTokens(addressOf) {
  const {packets} = stormOf(Number(seed), 0);
  pace(CONNECTS_PER_SECOND, async number => {
    const socket = new HostileSocket(addressOf(number));
    socket.text(packets[number % packets.length]);
    await socket.until(() => !!socket.admission);
    socket.close();
    done++;
  });
}

/** One event as it goes over the wire, always with the same id for its ack. */
function eventBytes(frame = '') {
  const placeholder = '{"_placeholder":true,"num":0}';
  const header = `451-1["on-message:text",${placeholder}]`;
  return Buffer.concat([
    wsFrame(Buffer.from(header), {opcode: TEXT}),
    wsFrame(Buffer.from(frame, 'base64'), {opcode: BINARY}),
  ]);
}

/** Users with so many connections each, and so many events a second on each of them. */
async function flood(users, connections, perSecond) {
  for (let number = 0; number < users * connections; number++) {
    const user = number % users;
    const socket = new HostileSocket(address);
    const token = await givenToken(`flooder-${user}`);
    socket.text(`40${JSON.stringify({token})}`);
    await socket.until(() => !!socket.admission);
    socket.ignore();
    const event = eventBytes(caseOf(Number(seed), user).steps[0]?.frame);
    pace(perSecond, () => {
      socket.bytes(event);
      done++;
    });
  }
}

const ATTACKS = {
  nothing: () => {
    const spin = () => {
      const endsAt = Date.now() + TURN_MS;
      while (Date.now() < endsAt);
      setImmediate(spin);
    };
    spin();
  },
  'bad tokens': () => badTokens(() => address),
  'bad tokens from everywhere': () => badTokens(elsewhere),
  'at the limit': () => flood(10, 1, 20),
  flood: () => flood(10, 1, 200),
  'flood of one user': () => flood(1, 20, 300),
  mutants: () => {
    const runner = new CaseRunner(address);
    let index = 0;
    const lane = async () => {
      for (;;) {
        await runner.run(caseOf(Number(seed), index++));
        done++;
      }
    };
    for (let n = 0; n < LANES; n++) void lane();
  },
};

process.on('message', () => process.send(done));
process.on('disconnect', () => process.exit());
ATTACKS[kind]();

// One kind of attack on a port, until it is ended.
'use strict';
const {caseOf, stormOf} = require('../../dist/__tests__/fuzz/case-generator');
const {CaseRunner} = require('../../dist/__tests__/fuzz/case-runner');
const {HostileSocket} = require('../../dist/__tests__/fuzz/hostile-socket');
const {givenToken} = require('../../dist/__tests__/fixtures/token');

const [port, kind, seed] = process.argv.slice(2);
const address = {host: '127.0.0.1', port: Number(port)};
const CONNECTS_PER_SECOND = 1000;
const FLOODERS = 10;
/** Ten times what each of them may send. */
const EVENTS_PER_SECOND = 200;
const TURN_MS = 5;
const LANES = 4;

let done = 0;

/** Calls `act` so many times a second, however long each turn takes. */
function pace(perSecond, act) {
  const startedAt = Date.now();
  let called = 0;
  setInterval(() => {
    const due = ((Date.now() - startedAt) / 1000) * perSecond;
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
  flood: async () => {
    for (let user = 0; user < FLOODERS; user++) {
      const socket = new HostileSocket(address);
      const token = await givenToken(`flooder-${user}`);
      socket.text(`40${JSON.stringify({token})}`);
      await socket.until(() => !!socket.admission);
      const frame = Buffer.from(
        caseOf(Number(seed), user).steps[0]?.frame ?? '',
        'base64',
      );
      pace(EVENTS_PER_SECOND, () => {
        socket.emit('on-message:text', frame);
        done++;
      });
    }
  },
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

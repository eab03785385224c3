import {expect} from '@loopback/testlab';
import {once} from 'events';
import {request} from 'http';
import {sharedByTests} from '../fixtures/clean-up';
import {givenDataDir} from '../fixtures/data-dir';
import {givenExample} from '../fixtures/example-process';
import {givenUser, PASSWORD} from '../fixtures/rest-client';

describe('login throttle (acceptance)', () => {
  const example = sharedByTests(async () =>
    givenExample({CHAT_DATA_DIR: await givenDataDir(), LOG_LEVEL: 'error'}),
  );
  const url = () => example().url;

  it('answers 429 with Retry-After, even to the right password', async () => {
    await givenUser(url(), 'guessed');
    await guess('guessed');
    const answer = await logInFrom('127.0.0.1', 'guessed');
    expect(answer.status).to.equal(429);
    const seconds = Number(answer.retryAfter);
    expect(seconds).to.be.within(1, 15 * 60);
  });

  it('hashes no more than ten passwords of fifty at once', async () => {
    await givenUser(url(), 'flooded');
    const statuses = await guess('flooded', 50);
    expect(statuses.filter(status => status === 401)).to.have.length(10);
    expect(statuses.filter(status => status === 429)).to.have.length(40);
  });

  it('counts in any case of the account', async () => {
    await givenUser(url(), 'Cased');
    await guess('CASED');
    const {status} = await logInFrom('127.0.0.1', 'cased');
    expect(status).to.equal(429);
  });

  it('answers an unknown account the same', async () => {
    const statuses = await guess('phantom', 11);
    expect(statuses.filter(status => status === 429)).to.have.length(1);
  });

  it('lets the owner in from another address', async () => {
    await givenUser(url(), 'victim');
    await guess('victim');
    const {status} = await logInFrom('127.0.0.2', 'victim');
    expect(status).to.equal(200);
  });

  const guess = async (account: string, times = 10) => {
    const answers = await Promise.all(
      Array.from({length: times}, () =>
        logInFrom('127.0.0.1', account, 'wrong horse'),
      ),
    );
    return answers.map(({status}) => status);
  };
  const logInFrom = async (
    localAddress: string,
    account: string,
    password = PASSWORD,
  ) => {
    const sent = request(`${url()}/users/login`, {
      method: 'POST',
      localAddress,
      agent: false,
      headers: {'content-type': 'application/json'},
    });
    sent.end(JSON.stringify({account, password}));
    const [response] = await once(sent, 'response');
    response.resume();
    return {
      status: response.statusCode as number,
      retryAfter: response.headers['retry-after'] as string | undefined,
    };
  };
});

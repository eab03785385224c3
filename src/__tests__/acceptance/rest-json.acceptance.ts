import {expect} from '@loopback/testlab';
import {ChatServiceBindings} from '../../keys';
import type {Message} from '../../models';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {describeOverStores} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';

/** What JSON writes in a way of its own, or a database may. */
const TEXTS = [
  'Plain',
  'He said "yes" \\ and \\" left',
  'Tab\t, line\n, return\r, form feed\f, back\b, \u0001 and \u001f',
  'Ünï 🌍 \u2028 \u2029 \u007f \ufeff',
  '","deleted":true,"x":"',
  "'; -- $1 {} %s \\u0041",
  '</script>',
];

describeOverStores('JSON of rows', store => {
  const chat = givenChatAppOfSuite({store});

  /** Sends every text; @returns user, channel and the rows as services have them */
  async function givenMessages() {
    const ann = givenUserId('ann');
    const http = await chat().http(ann);
    const channelId = givenUserId('"quoted" \\ channel');
    const place = {channelId, channelType: 'task'};
    for (const [n, body] of TEXTS.entries()) {
      const draft = {...place, body, ...(n % 2 && {subject: body, ext: body})};
      expect((await http.post('/messages', draft)).status).to.equal(200);
    }
    const rows = await chat().app.get(ChatServiceBindings.MessageRowsService);
    const user = {id: ann, permissions: []};
    const find = (filter?: object) =>
      rows.find(user, {where: {channelId}, order: ['seq ASC'], ...filter});
    return {http, channelId, find};
  }

  const asJson = (rows: Partial<Message>[]) => JSON.parse(JSON.stringify(rows));

  it('is what the rows are, in a list and by id', async () => {
    const {http, channelId, find} = await givenMessages();
    const rows = await find();
    expect(rows.map(({body}) => body)).to.deepEqual(TEXTS);
    const list = await http.find({where: {channelId}, order: ['seq ASC']});
    expect(list.body).to.deepEqual(asJson(rows));
    expect(list.headers.get('content-type')).to.equal('application/json');
    for (const row of rows) {
      const one = await http.get(`/messages/${row.id}`);
      expect(one.body).to.deepEqual(asJson([row])[0]);
      expect(one.headers.get('content-type')).to.equal('application/json');
    }
  });

  it('has the fields asked for, page by page', async () => {
    const {http, channelId, find} = await givenMessages();
    for (const fields of [['subject', 'body'], ['createdOn'], ['editedOn']]) {
      const page = {fields, limit: 3, offset: 2};
      const filter = {where: {channelId}, order: ['seq ASC'], ...page};
      const {body} = await http.find(filter);
      expect(body).to.deepEqual(asJson(await find({...page})));
      expect(body).to.have.length(3);
    }
  });

  it('is an empty list where there is nothing', async () => {
    const {http} = await givenMessages();
    const {status, text} = await http.get(
      `/messages?filter=${JSON.stringify({where: {body: 'Nowhere'}})}`,
    );
    expect([status, text]).to.deepEqual([200, '[]']);
  });

  it('keeps milliseconds and the change of a message', async () => {
    const {http, find} = await givenMessages();
    const [{id}] = await find();
    await http.request('PATCH', `/messages/${id}`, {
      body: JSON.stringify({body: 'Changed'}),
      headers: {'Content-Type': 'application/json'},
    });
    const [{editedOn, createdOn}] = await find();
    const {body} = await http.get<Record<string, string>>(`/messages/${id}`);
    expect(body.body).to.equal('Changed');
    expect(body.editedOn).to.equal(editedOn?.toJSON());
    expect(body.createdOn).to.equal(createdOn?.toJSON());
  });
});

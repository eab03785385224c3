import {expect} from '@loopback/testlab';
import {randomUUID} from 'crypto';
import type {AttachmentDownload, AttachmentFile} from '../../models';
import {ORDINARY_PERMISSIONS, PermissionKey} from '../../permissions';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {
  givenCheckedClient,
  type CheckedClient,
} from '../fixtures/checked-client';
import {expectError} from '../fixtures/conversation';
import {describeOverStores} from '../fixtures/stores';
import {
  givenFileWorld,
  givenStoredFile,
  type FileWorld,
} from '../fixtures/stored-file';

interface Page {
  readonly downloads: AttachmentDownload[];
  readonly nextPageToken?: string;
}

const AUDITOR = {claims: {permissions: [PermissionKey.ViewDownloadAudit]}};
const START = Date.parse('2026-01-31T12:00:00Z');
const CSV = {headers: {Accept: 'text/csv'}};

describeOverStores('Listing downloads', store => {
  const chat = givenChatAppOfSuite({store});
  let world: FileWorld;
  let file: AttachmentFile;
  let rows: AttachmentDownload[];
  let auditor: CheckedClient;

  before(async () => {
    world = await givenFileWorld(chat());
    file = await givenStoredFile(chat(), world);
    auditor = await givenCheckedClient(chat(), world.eve, AUDITOR);
    rows = Array.from({length: 7}, (_, i) => givenRow(i));
    await world.stored.AttachmentDownload.createAll(rows);
  });

  /** Two of them each begin in the same millisecond. */
  function givenRow(i: number): AttachmentDownload {
    const startedOn = new Date(START + Math.floor(i / 2) * 1000);
    const {channelId, messageId, ann, bob} = world;
    return {
      ...{id: randomUUID(), fileId: file.id, channelId, messageId},
      ...{userId: i % 3 ? bob : ann, startedOn, part: 'whole'},
      ...{variant: i === 1 ? 'thumbnail' : 'original'},
      ...(i === 0
        ? {userAgent: '=cmd|"x", y'}
        : {endedOn: startedOn, bytesSent: 9, outcome: 'complete'}),
    } as AttachmentDownload;
  }

  function newestFirst(selected = rows): string[] {
    const isAfter = (x: AttachmentDownload, y: AttachmentDownload) =>
      y.startedOn.getTime() - x.startedOn.getTime() || (x.id < y.id ? 1 : -1);
    return [...selected].sort(isAfter).map(({id}) => id);
  }

  const ofChannel = (query = '') =>
    `/download-audits?channelId=${world.channelId}${query}`;

  it('gives all, the newest first, as they are', async () => {
    const {status, body} = await auditor.get<Page>(ofChannel());
    expect(status).to.equal(200);
    expect(body.downloads.map(({id}) => id)).to.eql(newestFirst());
    const [first] = body.downloads.filter(({id}) => id === rows[2].id);
    expect(first).to.eql(JSON.parse(JSON.stringify(rows[2])));
    expect(body.nextPageToken).to.be.undefined();
  });

  it('gives and counts what is of any channel where nothing is asked for', async () => {
    const {status, body} = await auditor.get<Page>(
      '/download-audits?limit=1000',
    );
    expect(status).to.equal(200);
    const ids = body.downloads.map(({id}) => id);
    expect(ids.filter(id => newestFirst().includes(id))).to.eql(newestFirst());
    const counted = await auditor.get<{count: number}>(
      '/download-audits/count',
    );
    expect(counted.status).to.equal(200);
    expect(counted.body.count).to.be.aboveOrEqual(rows.length);
  });

  it('goes by pages, each row once', async () => {
    for (const limit of [1, 2, 3, 7]) {
      const seen: string[] = [];
      let token: string | undefined;
      do {
        const after: string = token ? `&pageToken=${token}` : '';
        const path = ofChannel(`&limit=${limit}${after}`);
        const {body} = await auditor.get<Page>(path);
        expect(body.downloads.length).to.be.belowOrEqual(limit);
        seen.push(...body.downloads.map(({id}) => id));
        token = body.nextPageToken;
      } while (token);
      expect(seen).to.eql(newestFirst());
    }
  });

  it('selects by user, file, channel, time, outcome, variant and part', async () => {
    const at = (seconds: number) => new Date(START + seconds * 1000);
    const iso = (seconds: number) => at(seconds).toISOString();
    const isOf = (userId: string) => (row: AttachmentDownload) =>
      row.userId === userId;
    const selections: [string, (row: AttachmentDownload) => boolean][] = [
      [`&userId=${world.bob}`, isOf(world.bob)],
      [`&fileId=${file.id.toUpperCase()}`, () => true],
      [`&fileId=${randomUUID()}`, () => false],
      [`&from=${iso(1)}`, row => row.startedOn >= at(1)],
      [`&to=${iso(1)}`, row => row.startedOn < at(1)],
      [`&from=${iso(1)}&to=${iso(2)}`, row => +row.startedOn === +at(1)],
      ['&outcome=complete', row => row.outcome === 'complete'],
      ['&outcome=open', row => row.outcome === undefined],
      ['&outcome=failed', () => false],
      ['&variant=thumbnail', row => row.variant === 'thumbnail'],
      ['&part=range', () => false],
      [`&userId=${world.ann}&outcome=open`, row => row === rows[0]],
    ];
    for (const [query, isSelected] of selections) {
      const expected = newestFirst(rows.filter(isSelected));
      const {body} = await auditor.get<Page>(ofChannel(query));
      const ids = body.downloads.map(({id}) => id);
      expect([query, ids]).to.eql([query, expected]);
      const path = ofChannel(query).replace('audits', 'audits/count');
      const count = await auditor.get<object>(path);
      expect([query, count.body]).to.eql([query, {count: expected.length}]);
    }
  });

  it('answers 422 to what cannot be looked for', async () => {
    for (const query of [
      ...['&fileId=x', '&outcome=x', '&variant=x', '&part=x', '&limit=0'],
      ...['&limit=1001', '&pageToken=x', `&pageToken=${'x'.repeat(5000)}`],
      ...[`&userId=${'x'.repeat(65)}`, '&userId=%00'],
    ]) {
      const answer = await auditor.get(ofChannel(query));
      expect([query, answer.status]).to.eql([query, 422]);
    }
  });

  context('as a table', () => {
    it('has every row that is selected, whatever the page', async () => {
      const path = ofChannel('&limit=1');
      const answer = await auditor.request<string>('GET', path, CSV);
      expect(answer.status).to.equal(200);
      expect(answer.headers.get('content-type')).to.match(/^text\/csv/);
      const [head, ...lines] = answer.text.trimEnd().split('\r\n');
      expect(head).to.match(/^id,fileId,channelId,messageId,userId,variant,/);
      const ids = lines.map(line => line.split(',')[0]);
      expect(ids).to.eql(newestFirst());
    });

    it('has no formula, and quotes what has to be', async () => {
      const path = ofChannel('&outcome=open');
      const {text} = await auditor.request<string>('GET', path, CSV);
      expect(text).to.containEql(`,"'=cmd|""x"", y",`);
    });

    it('has its head where nothing is selected', async () => {
      const path = ofChannel('&outcome=failed');
      const {text} = await auditor.request<string>('GET', path, CSV);
      expect(text).to.match(/^id,fileId,.*\r\n$/);
    });

    it('has more rows than one statement brings', async () => {
      const other = await givenFileWorld(chat());
      const {channelId} = other;
      const many = Array.from({length: 2001}, (_, i) => ({
        ...givenRow(i % 7),
        ...{id: randomUUID(), channelId},
      }));
      await world.stored.AttachmentDownload.createAll(many);
      const path = `/download-audits?channelId=${channelId}`;
      const {text} = await auditor.request<string>('GET', path, CSV);
      const lines = text.trimEnd().split('\r\n').slice(1);
      expect(new Set(lines.map(line => line.split(',')[0])).size).to.equal(
        2001,
      );
      expect(lines.length).to.equal(2001);
      await world.stored.AttachmentDownload.deleteAll({channelId});
    });

    it('is a page where JSON is as welcome', async () => {
      for (const Accept of ['*/*', 'application/json, text/csv', 'text/html']) {
        const options = {headers: {Accept}};
        const {body} = await auditor.request<Page>('GET', ofChannel(), options);
        expect(body.downloads.length).to.equal(7);
      }
    });

    it('answers an error before the first line as ever', async () => {
      const path = ofChannel('&fileId=x');
      expectError(await auditor.request('GET', path, CSV), 422, 'fileId');
    });
  });

  context('of one file', () => {
    const path = () => `/attach-files/${file.id}/downloads`;

    it('is for its uploader, with the same selections', async () => {
      const ann = await givenCheckedClient(chat(), world.ann);
      const {body} = await ann.get<Page>(path());
      expect(body.downloads.map(({id}) => id)).to.eql(newestFirst());
      const own = await ann.get<Page>(`${path()}?userId=${world.ann}&limit=1`);
      expect(own.body.downloads.length).to.equal(1);
      expect(own.body.nextPageToken).to.be.String();
      const table = await ann.request<string>('GET', path(), CSV);
      expect(table.text.trimEnd().split('\r\n').length).to.equal(8);
    });

    it('is for auditors, even when the file was deleted', async () => {
      const deleted = await givenStoredFile(chat(), world, {deleted: true});
      const ofDeleted = `/attach-files/${deleted.id}/downloads`;
      expect((await auditor.get(path())).status).to.equal(200);
      expect((await auditor.get(ofDeleted)).status).to.equal(200);
      const ann = await givenCheckedClient(chat(), world.ann);
      expectError(await ann.get(ofDeleted), 404);
      const unknown = `/attach-files/${randomUUID()}/downloads`;
      expectError(await auditor.get(unknown), 404);
    });

    it('is not for others: 403 to members, 404 to strangers', async () => {
      const bob = await givenCheckedClient(chat(), world.bob);
      expectError(await bob.get(path()), 403);
      const eve = await givenCheckedClient(chat(), world.eve);
      expectError(await eve.get(path()), 404);
      const permissions = [
        ...ORDINARY_PERMISSIONS,
        PermissionKey.AdministerChat,
      ];
      const claims = {permissions};
      const support = await givenCheckedClient(chat(), world.eve, {claims});
      expectError(await support.get(path()), 403);
    });
  });
});

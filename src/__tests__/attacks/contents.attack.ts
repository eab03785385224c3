import {expect} from '@loopback/testlab';
import {DEFAULTS} from '../../default-config';
import {upload} from '../fixtures/uploads';
import {givenAttackedOfSuite} from './attacked';
import {CONTENTS} from './contents';

const INLINE = /^(image|audio|video)\/|^application\/pdf$/;

describe('Contents of ill will', () => {
  const {talk} = givenAttackedOfSuite();

  it('are at least 80', () => {
    expect(CONTENTS.length).to.be.aboveOrEqual(80);
  });

  for (const {title, bytes, takenAs = []} of CONTENTS) {
    it(`are refused, or served so that they do no harm: ${title}`, async () => {
      const {ann, channelId} = talk();
      const file = {name: 'a.png', type: 'image/png', bytes: bytes()};
      const {status, body} = await upload(ann, {channelId}, [file]);
      if (!takenAs.length || status !== 200) {
        expect([415, 422]).to.containEql(status);
        return;
      }
      const [{id, mediaType, size}] = body;
      expect(takenAs).to.containEql(mediaType);
      expect(DEFAULTS.attachments.mediaTypes).to.containEql(mediaType);
      expect(size).to.equal(file.bytes.length);

      const path = `/attach-files/${id}`;
      const {headers} = await ann.get(`${path}/download?disposition=inline`);
      expect(headers.get('content-type')).to.equal(mediaType);
      expect(headers.get('x-content-type-options')).to.equal('nosniff');
      expect(headers.get('content-security-policy')).to.match(
        /sandbox.*default-src 'none'/,
      );
      const isInline = headers.get('content-disposition')?.startsWith('inline');
      expect(isInline).to.equal(INLINE.test(mediaType));
      const small = await ann.get(`${path}/thumbnail`);
      expect([200, 404]).to.containEql(small.status);
    });
  }
});

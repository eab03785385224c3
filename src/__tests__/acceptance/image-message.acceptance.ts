import {expect} from '@loopback/testlab';
import sharp from 'sharp';
import {ChatEvent, encodeMessage} from '../../protocol';
import {givenChatAppOfSuite} from '../fixtures/chat-app';
import {givenMessage} from '../fixtures/device';
import {eventually} from '../fixtures/open-upload';
import {givenRawClient} from '../fixtures/raw-http';
import {storedIn} from '../fixtures/stored';
import {downloadsOf} from '../fixtures/stored-file';
import {describeOverStores} from '../fixtures/stores';
import {givenUserId} from '../fixtures/token';
import {upload} from '../fixtures/uploads';

describeOverStores('A picture that one user sends another', store => {
  const chat = givenChatAppOfSuite({store});

  it('comes with its small version, and each look at it is written down', async () => {
    const [annId, bobId] = [givenUserId('ann'), givenUserId('bob')];
    const background = {r: 0, g: 128, b: 255};
    const photo = await sharp({
      create: {width: 640, height: 480, channels: 3, background},
    })
      .jpeg()
      .toBuffer();

    const http = await chat().http(annId);
    const files = [{bytes: photo, name: 'Strand.jpg'}];
    const {status, body} = await upload(http, {toUserId: bobId}, files);
    expect(status).to.equal(200);
    const [file] = body;
    const small = `/attach-files/${file.id}/thumbnail`;
    const own = await givenRawClient(chat(), annId);
    await eventually(async () => (await own.get(small)).status === 200);

    const bob = await chat().device(bobId);
    const ann = await chat().device(annId);
    const frame = givenMessage({receiver: bobId, image: file.id});
    const ack = await ann.emit(ChatEvent.MessageImage, encodeMessage(frame));
    expect(ack.statusCode).to.equal(200);
    const {image} = await bob.receive(frame.id);
    expect(image).to.equal(file.id);

    const his = await givenRawClient(chat(), bobId);
    const shown = await his.get(`/attach-files/${image}/thumbnail`);
    const {format, width, height} = await sharp(shown.body).metadata();
    expect({format, width, height}).to.eql({
      ...{format: 'webp', width: 320, height: 240},
    });
    const whole = await his.get(`/attach-files/${image}/download`);
    expect(whole.body.equals(photo)).to.be.true();
    expect(whole.headers['content-type']).to.equal('image/jpeg');

    const stranger = await givenRawClient(chat(), givenUserId('eve'));
    for (const what of ['thumbnail', 'download']) {
      const {status: refused} = await stranger.get(
        `/attach-files/${image}/${what}`,
      );
      expect(refused).to.equal(404);
    }
    const rows = await downloadsOf(
      chat(),
      {stored: await storedIn(chat())},
      file.id,
    );
    const looks = rows.filter(({userId}) => userId === bobId);
    expect(looks.map(({variant, outcome}) => [variant, outcome])).to.eql([
      ['thumbnail', 'complete'],
      ['original', 'complete'],
    ]);
    expect(
      rows.every(({userId}) => [annId, bobId].includes(userId)),
    ).to.be.true();
  });
});

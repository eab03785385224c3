import {expect} from '@loopback/testlab';
import {spawnSync} from 'child_process';
import {chmodSync, existsSync, readFileSync, writeFileSync} from 'fs';
import Module from 'module';
import path from 'path';
import sharp from 'sharp';
import {Readable} from 'stream';
import {SharpThumbnailMaker} from '../../media/sharp-thumbnail.maker';
import {cleanUpAfterTest} from '../fixtures/clean-up';
import {givenFolder} from '../fixtures/folder';
import {PNG} from '../fixtures/samples';

const VIDEO = Buffer.alloc(100_000, 1);

describe('SharpThumbnailMaker', () => {
  const make = (
    mediaType: string,
    bytes: Buffer,
    signal = new AbortController().signal,
  ) => {
    const open = async () => Readable.from([bytes]);
    const source = {mediaType, size: bytes.length, open};
    const limits = {maxPixels: 1_000_000, longestSide: 320, signal};
    return new SharpThumbnailMaker().make(source, limits);
  };

  it('makes none where sharp is not installed', async () => {
    const loader = Module as unknown as {_load: (name: string) => unknown};
    const load = loader._load;
    cleanUpAfterTest(() => (loader._load = load));
    loader._load = function (...args: [string]) {
      if (args[0] === 'sharp') throw new Error("Cannot find module 'sharp'");
      return load.apply(this, args);
    };
    expect(await make('image/png', PNG)).to.be.undefined();
    expect(await make('video/mp4', VIDEO)).to.be.undefined();
  });

  it('knows pictures and videos', () => {
    const maker = new SharpThumbnailMaker();
    const types = ['image/png', 'video/webm', 'text/plain', 'image/svg+xml'];
    expect(types.map(type => maker.knows(type))).to.deepEqual([
      ...[true, true, false, false],
    ]);
  });

  it('ends when it is told to', async () => {
    const work = make('image/png', PNG, AbortSignal.abort());
    await expect(work).to.be.rejected();
  });

  context('of a video', () => {
    /** Puts a program of that name in the place of all others. */
    function givenFfmpeg(text: string): string {
      const folder = givenFolder();
      const file = path.join(folder, 'ffmpeg');
      writeFileSync(file, `#!${process.execPath}\n${text}`);
      chmodSync(file, 0o755);
      const {PATH} = process.env;
      cleanUpAfterTest(() => (process.env.PATH = PATH));
      process.env.PATH = folder;
      return folder;
    }

    for (const [mediaType, format, input] of [
      ['video/webm', 'matroska', /^(pipe):0$/],
      ['video/mp4', 'mov', /^(file):\/.+/],
    ] as const) {
      it(`asks ffmpeg of ${mediaType}, which can open nothing else`, async () => {
        const folder = givenFfmpeg(`
        const fs = require('fs');
        const args = JSON.stringify(process.argv.slice(2));
        fs.writeFileSync(__dirname + '/args', args);
        process.stdout.write(Buffer.from('${PNG.toString('base64')}', 'base64'));
      `);
        const made = await make(mediaType, VIDEO);
        expect((await sharp(made).metadata()).format).to.equal('webp');
        const text = readFileSync(path.join(folder, 'args'), 'utf8');
        const args: string[] = JSON.parse(text);
        const valueOf = (name: string) => args[args.indexOf(name) + 1];
        expect(valueOf('-f')).to.equal(format);
        const [, protocol] = input.exec(valueOf('-i')) ?? [];
        expect(valueOf('-protocol_whitelist')).to.equal(protocol);
        expect(valueOf('-max_pixels')).to.equal('1000000');
        expect(valueOf('-threads')).to.equal('1');
        // What was put aside is gone again.
        expect(existsSync(valueOf('-i').replace('file:', ''))).to.be.false();
      });
    }

    it('makes none where ffmpeg is not installed', async () => {
      const {PATH} = process.env;
      cleanUpAfterTest(() => (process.env.PATH = PATH));
      process.env.PATH = givenFolder();
      expect(await make('video/mp4', VIDEO)).to.be.undefined();
    });

    for (const [title, text] of [
      ['says nothing', ''],
      ['fails', 'process.exit(1)'],
      ['says too much', 'process.stdout.write(Buffer.alloc(2000000))'],
      ['says something else', 'process.stdout.write("<svg/>")'],
    ]) {
      it(`fails when ffmpeg ${title}`, async () => {
        givenFfmpeg(text);
        await expect(make('video/webm', VIDEO)).to.be.rejected();
      });
    }

    it('ends ffmpeg when it is told to', async () => {
      givenFfmpeg('setInterval(() => {}, 1000)');
      const ending = new AbortController();
      const work = make('video/webm', VIDEO, ending.signal);
      setTimeout(() => ending.abort(), 100);
      await expect(work).to.be.rejected();
    });

    for (const [title, file, ...flags] of [
      ['an MP4', 'film.mp4', '-movflags', '+faststart'],
      ['an MP4 whose index is at its end', 'film.mp4'],
      ['a WebM', 'film.webm', '-c:v', 'libvpx'],
    ]) {
      it(`is its first picture, of ${title}`, async function () {
        const film = filmed(file, flags);
        // eslint-disable-next-line @typescript-eslint/no-invalid-this
        if (!film && !isRequired()) return this.skip(); // There is no ffmpeg on this machine.
        const mediaType = `video/${path.extname(file).slice(1)}`;
        const made = await make(mediaType, film ?? VIDEO);
        const {format, width, height} = await sharp(made).metadata();
        expect({format, width, height}).to.deepEqual({
          ...{format: 'webp', width: 320, height: 240},
        });
      });
    }
  });
});

/** Whether what is missing on this machine is a failure. */
const isRequired = () => process.env.CHAT_TEST_REQUIRE_SERVICES === 'true';

/** A film of a second; undefined without ffmpeg. */
function filmed(name: string, flags: string[]): Buffer | undefined {
  const file = path.join(givenFolder(), name);
  const source = ['-f', 'lavfi', '-i', 'testsrc=size=640x480:duration=1'];
  const made = spawnSync('ffmpeg', [
    ...['-loglevel', 'error', ...source, '-c:v', 'mpeg4', ...flags, file],
  ]);
  return made.status === 0 ? readFileSync(file) : undefined;
}

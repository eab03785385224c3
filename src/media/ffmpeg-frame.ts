import {spawn, type ChildProcessByStdio} from 'child_process';
import type {Readable, Writable} from 'stream';
import {pipeline} from 'stream/promises';
import {withFileAside} from './file-aside';
import type {PictureLimits, PictureSource} from './thumbnail-maker';

/** By media type, the one reader that is let at the bytes: playlists name files. */
export const VIDEO_FORMATS: ReadonlyMap<string, string> = new Map([
  ['video/mp4', 'mov'],
  ['video/quicktime', 'mov'],
  ['video/webm', 'matroska'],
]);

/** A film of that format may name others' files as its own parts. */
const NO_REFERENCES = ['-enable_drefs', '0', '-use_absolute_path', '0'];
const MAX_TIME_MS = 10_000;
/** More than a PNG of the size that is asked for can be. */
const BYTES_PER_PIXEL = 8;

type Ffmpeg = ChildProcessByStdio<Writable, Readable, null>;

/** What ffmpeg reads: a pipe, or the one file that it may open. */
type Input = 'pipe:0' | `file:${string}`;

/**
 * Takes the first picture of a video by `ffmpeg`, which can open nothing but the
 * video. Of a format whose index may be at the end the bytes are put aside into
 * a file meanwhile; others come by a pipe.
 * @returns a PNG; undefined where `ffmpeg` is not installed
 */
export async function firstFrameOf(
  source: PictureSource,
  limits: PictureLimits,
): Promise<Buffer | undefined> {
  const format = VIDEO_FORMATS.get(source.mediaType);
  if (!format) return undefined;
  if (format !== 'mov') return frameOf(source, format, 'pipe:0', limits);
  if (!(await isInstalled())) return undefined;
  const open = () => source.open();
  return withFileAside(open, limits.signal, file =>
    frameOf(source, format, `file:${file}`, limits),
  );
}

/** Before anything is put aside for it. */
async function isInstalled(): Promise<boolean> {
  const asked = spawn('ffmpeg', ['-version'], {stdio: 'ignore'});
  return new Promise(resolve => {
    asked.on('error', () => resolve(false));
    asked.once('spawn', () => {
      asked.kill('SIGKILL');
      resolve(true);
    });
  });
}

async function frameOf(
  source: PictureSource,
  format: string,
  input: Input,
  {maxPixels, longestSide, signal}: PictureLimits,
): Promise<Buffer | undefined> {
  const options = argumentsOf(format, input, maxPixels, longestSide);
  const ffmpeg = spawn('ffmpeg', options, {
    stdio: ['pipe', 'pipe', 'ignore'],
    timeout: MAX_TIME_MS,
    killSignal: 'SIGKILL',
    signal,
  });
  const isThere = new Promise<boolean>((resolve, reject) => {
    ffmpeg.once('spawn', () => resolve(true));
    ffmpeg.on('error', err => {
      if ((err as NodeJS.ErrnoException).code === 'ENOENT') resolve(false);
      else reject(err);
    });
  });
  if (!(await isThere)) return undefined;
  if (input === 'pipe:0') {
    // It may have seen enough before the end.
    const fed = source.open().then(bytes => pipeline(bytes, ffmpeg.stdin));
    fed.catch(() => ffmpeg.stdin.destroy());
  }
  const picture = await output(ffmpeg, longestSide ** 2 * BYTES_PER_PIXEL);
  if (!picture.length) throw new Error('There is no picture in it.');
  return picture;
}

async function output(ffmpeg: Ffmpeg, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of ffmpeg.stdout) {
      size += chunk.length;
      if (size > maxBytes) throw new Error('It is too large.');
      chunks.push(chunk);
    }
  } finally {
    ffmpeg.kill('SIGKILL');
  }
  return Buffer.concat(chunks);
}

function argumentsOf(
  format: string,
  input: Input,
  maxPixels: number,
  side: number,
): string[] {
  const [protocol] = input.split(':');
  const size = `w='min(${side},iw)':h='min(${side},ih)'`;
  return [
    ...['-hide_banner', '-loglevel', 'error', '-threads', '1'],
    ...['-protocol_whitelist', protocol, '-max_pixels', String(maxPixels)],
    ...(format === 'mov' ? NO_REFERENCES : []),
    ...['-f', format, '-i', input, '-an', '-sn', '-dn'],
    ...['-frames:v', '1', '-map_metadata', '-1'],
    ...['-vf', `scale=${size}:force_original_aspect_ratio=decrease`],
    ...['-threads', '1', '-c:v', 'png', '-f', 'image2pipe', 'pipe:1'],
  ];
}

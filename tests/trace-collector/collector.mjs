// Takes what OpenTelemetry exports (OTLP over HTTP) and keeps it as it came: node collector.mjs PORT FILE
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:http';
import { createGunzip } from 'node:zlib';

const [port, file] = process.argv.slice(2);
const kept = createWriteStream(file, { flags: 'a' });
createServer((request, response) => {
  const body = request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request;
  body.on('data', (chunk) => kept.write(chunk));
  body.on('end', () => response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end());
}).listen(Number(port), '127.0.0.1');

import http from 'node:http';

/** Adds a bearer token to every request and changes nothing else, Host and Origin included: for clients that cannot sign in. */
export async function startBearerProxy(target, token) {
  const server = http.createServer((request, response) => {
    const options = { host: target.hostname, port: target.port, method: request.method, path: request.url, headers: { ...request.headers, authorization: `Bearer ${token}` } };
    const onward = http.request(options, (reply) => {
      response.writeHead(reply.statusCode, reply.headers);
      reply.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: new URL(`http://localhost:${server.address().port}/mcp`),
    stop: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}

// Counts open connections and uploads in the page's own world, where they are made. A page may spoil
// the count: then its tab sleeps too early or too late, and nothing else.
(() => {
  const LARGE = 65536;
  let connections = 0;
  let uploads = 0;
  const size = (body) => {
    if (typeof body === 'string') return body.length;
    if (body instanceof Blob) return body.size;
    if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return body.byteLength;
    if (!(body instanceof FormData)) return 0;
    let sum = 0;
    for (const [, value] of body) sum += size(value);
    return sum;
  };
  window.WebSocket = new Proxy(window.WebSocket, {
    construct(target, given, called) {
      const socket = Reflect.construct(target, given, called);
      connections += 1;
      socket.addEventListener('close', () => (connections -= 1), { once: true });
      return socket;
    },
  });
  const send = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.send = function (body) {
    if (size(body) >= LARGE) {
      uploads += 1;
      this.addEventListener('loadend', () => (uploads -= 1), { once: true });
    }
    return send.call(this, body);
  };
  window.fetch = new Proxy(window.fetch, {
    apply(target, self, given) {
      const answer = Reflect.apply(target, self, given);
      if (size(given[1]?.body) >= LARGE) {
        uploads += 1;
        const ended = () => (uploads -= 1);
        answer.then(ended, ended);
      }
      return answer;
    },
  });
  Object.defineProperty(window, Symbol.for('sidelight.traffic'), { value: () => [connections, uploads] });
})();

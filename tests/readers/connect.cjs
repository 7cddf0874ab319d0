// Sends every connection of a program to the server of the test, whatever host its URL names, and one
// request of `fetch` after the other, so that they arrive in the order of the text.

const net = require("node:net");
const port = Number(process.env.CAPTURE_PORT);
const connect = net.Socket.prototype.connect;

net.Socket.prototype.connect = function (...args) {
  // Node passes a normalised list of arguments; programs pass an object.
  const list = Array.isArray(args[0]) ? args[0] : args;
  if (typeof list[0] === "object" && list[0] !== null) {
    list[0] = { ...list[0], host: "127.0.0.1", port, path: undefined };
  }
  return connect.apply(this, args);
};

const send = globalThis.fetch;
let last = Promise.resolve();
globalThis.fetch = (...args) => {
  last = last.catch(() => undefined).then(() => send(...args));
  return last;
};

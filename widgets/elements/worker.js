// Owns the proof of work: the counter that solves a challenge (ALTCHA 2, PBKDF2).
const bytes = (hex) => hex.match(/../g).map((pair) => parseInt(pair, 16));

onmessage = async ({ data: { parameters } }) => {
  const { nonce, salt, cost, keyLength, keyPrefix, data } = parameters;
  const password = new Uint8Array([...bytes(nonce), 0, 0, 0, 0]);
  const way = { name: "PBKDF2", hash: "SHA-256", salt: new Uint8Array(bytes(salt)), iterations: cost };
  for (let counter = 0; counter <= data.most; counter++) {
    new DataView(password.buffer).setUint32(password.length - 4, counter);
    const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
    const bits = new Uint8Array(await crypto.subtle.deriveBits(way, key, keyLength * 8));
    const derivedKey = Array.from(bits, (byte) => byte.toString(16).padStart(2, "0")).join("");
    if (derivedKey.startsWith(keyPrefix)) postMessage({ counter, derivedKey });
  }
  postMessage(null);
};

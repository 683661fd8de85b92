/** A private key with its public half. Printing it shows nothing of the private half. */
export interface PrivateKey {
  /** As Node.js names it, for example `ed25519`, `ec` or `rsa`. */
  readonly type: string;
  /** The public half in DER, as certificates hold it. */
  readonly publicKey: Buffer;
  /** The algorithm of its signatures in DER. */
  readonly signatureAlgorithm: Buffer;
  /** Signs data. The same data always have the same signature. */
  sign(data: Buffer): Buffer;
  /** The key in DER, in the encoding that Talos uses for its type. */
  encode(): Buffer;
  /** The bytes that are secret in it. */
  secret(): Buffer;
  /** What is wrong with a key that can be read, if anything is. */
  problem(): string | undefined;
}

/** What is wrong with a key whose halves are those of different keys. */
export const MISMATCHED_HALVES = 'is damaged: its public and private parts do not match';

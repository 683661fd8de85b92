import * as asn1js from 'asn1js';

const ORGANIZATION_OID = '2.5.4.10';
const COMMON_NAME_OID = '2.5.4.3';

/** The subject of a certificate. Talos and Kubernetes read roles and groups from the organizations, and the user from the common name. */
export interface Subject {
  readonly organizations?: readonly string[];
  readonly commonName?: string;
}

/** Encodes a subject as Go's `pkix.Name` does: all organizations in one set, then the common name. */
export function encodeName(subject: Subject): asn1js.Sequence {
  const sets: asn1js.Set[] = [];
  if (subject.organizations?.length) {
    sets.push(attributeSet(ORGANIZATION_OID, subject.organizations));
  }
  if (subject.commonName !== undefined) {
    sets.push(attributeSet(COMMON_NAME_OID, [subject.commonName]));
  }
  return new asn1js.Sequence({ value: sets });
}

function attributeSet(oid: string, values: readonly string[]): asn1js.Set {
  const attributes = values.map((value) => new asn1js.Sequence({
    value: [new asn1js.ObjectIdentifier({ value: oid }), directoryString(value)],
  }));
  // DER sorts the members of a set by their encoding
  const sorted = attributes
    .map((attribute) => ({ attribute, der: Buffer.from(attribute.toBER()) }))
    .sort((a, b) => Buffer.compare(a.der, b.der))
    .map(({ attribute }) => attribute);
  return new asn1js.Set({ value: sorted });
}

// Go writes the narrower string type if the characters allow it
function directoryString(value: string): asn1js.AsnType {
  return /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(value)
    ? new asn1js.PrintableString({ value })
    : new asn1js.Utf8String({ value });
}

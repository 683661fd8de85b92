import { Field, StructType } from './schema';

/*
 * How the properties of typed machine configs are spelled: as Talos's fields and kinds, as far as languages can.
 */

/** The property of a field: `rx-mini` is `rxMini`. */
export function propertyOfField(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The property of a kind, whose first word is in lower case: `BGPInstanceConfig` is `bgpInstanceConfig`, `DHCPv4Config` is `dhcpv4Config`. */
export function propertyOfKind(kind: string): string {
  return kind.replace(/^(?:[A-Z]+(?=v\d|[A-Z][a-z])|[A-Z])/, (word) => word.toLowerCase());
}

/** The field of a property. */
export function fieldOfProperty({ fields }: StructType, property: string): Field | undefined {
  return property.includes('-') ? undefined : fields.get(property) ?? fields.get(property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
}

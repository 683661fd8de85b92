/** The bytes of padded base64, in which line breaks are ignored; undefined if it is none. */
export function decodeBase64(text: string): Buffer | undefined {
  const digits = text.replace(/[\r\n]/g, '');
  const isValid = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(digits);
  return isValid ? Buffer.from(digits, 'base64') : undefined;
}

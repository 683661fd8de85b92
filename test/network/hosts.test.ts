import * as fc from 'fast-check';
import { canonicalAddressPort, hostAndPort, isHost, isPortText, parseHostAndPort, requireHost } from '../../src/network/hosts';
import { shortened } from '../../src/problem';

test.each([
  ['10.0.0.1:80', '10.0.0.1:80'],
  ['10.0.0.1:65536', undefined],
  ['[FD00::1]:5', '[fd00::1]:5'],
  ['[fe80::1%a]b]:080', '[fe80::1%a]b]:80'],
  ['[10.0.0.1]:5', undefined],
  ['fd00::1:5', undefined],
  ['host:5', undefined],
])('address with port %s', (text, expected) => {
  expect(canonicalAddressPort(text)).toBe(expected);
});

test.each([
  ['example.com', { host: 'example.com' }],
  ['example.com:443', { host: 'example.com', port: '443' }],
  ['192.0.2.1:', { host: '192.0.2.1', port: '' }],
  ['[2001:db8::1]', { host: '2001:db8::1' }],
  ['[2001:db8::1]:443', { host: '2001:db8::1', port: '443' }],
  ['2001:db8::1', undefined],
  ['[192.0.2.1]:443', undefined],
  ['a:1:2', undefined],
])('host and port of %j', (text, expected) => {
  expect(parseHostAndPort(text)).toEqual(expected);
});

test.each(['example.com', 'a', 'A-1.example', '192.0.2.1', '2001:db8::1', `${'a'.repeat(63)}.b`])('%j is a host', (text) => {
  expect(isHost(text)).toBe(true);
});

test.each(['', '.', 'a.', '-a', 'a-', 'a_b', '192.0.2', '192.0.2.256', 'a.1', 'fe80::1%eth0', '[2001:db8::1]', 'a:1', `${'a'.repeat(64)}.b`, `${'a.'.repeat(127)}`])(
  '%j is no host', (text) => {
    expect(isHost(text)).toBe(false);
    expect(() => requireHost('host', text)).toThrow(`'host' (${shortened(text)}) is not a host: give an IP address or a DNS name, without a scheme or port`);
  });

test('a host that is not given is not refused', () => {
  expect(() => requireHost('host', undefined)).not.toThrow();
});

test('what has a host and a port reads as them', () => {
  fc.assert(fc.property(fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6()), fc.integer({ min: 1, max: 65535 }), (host, port) => {
    expect(parseHostAndPort(hostAndPort(host, port))).toEqual({ host, port: String(port) });
  }));
});

test('a text is a port where it is written as a number that a port can have', () => {
  fc.assert(fc.property(fc.integer({ min: -10, max: 70000 }), (port) => {
    expect(isPortText(String(port))).toBe(port >= 1 && port <= 65535);
    expect(isPortText(`0${port}`)).toBe(false);
  }));
});

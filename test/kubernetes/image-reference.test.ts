import { requireImageReference } from '../../src/kubernetes/image-reference';
import { shortened } from '../../src/problem';

const SHA256 = `sha256:${'0a'.repeat(32)}`;

test.each([
  'busybox',
  'busybox:1.37.0-musl',
  'library/busybox',
  'docker.io/library/busybox:1.37.0-musl',
  'registry.example.com:5000/mirror/busybox:1.37.0-musl',
  'localhost/busybox',
  'localhost:5000/a__b/c---d.e_f:_tag',
  '[2001:db8::1]:5000/busybox',
  'Registry.example.com/busybox',
  `ghcr.io/siderolabs/talosctl@${SHA256}`,
  `ghcr.io/siderolabs/talosctl:v1.13.9@${SHA256}`,
  `ghcr.io/siderolabs/talosctl:v1.13.9@sha512:${'0a'.repeat(64)}`,
])('%s is the name of an image', (reference) => {
  expect(() => requireImageReference('image', reference)).not.toThrow();
});

test.each([
  '',
  ' busybox',
  'busybox\n',
  'BusyBox',
  'https://docker.io/library/busybox',
  'docker.io//busybox',
  'docker.io/library/busybox/',
  'docker.io/library/busybox:',
  `docker.io/library/busybox:${'a'.repeat(129)}`,
  'docker.io/library/busy___box',
  'docker.io/library/busybox@',
  'docker.io/library/busybox@sha256:0a',
  `docker.io/library/busybox@${SHA256.toUpperCase()}`,
  `docker.io/library/busybox@${SHA256}:1.37.0`,
  `docker.io/library/busybox@md5:${'0a'.repeat(16)}`,
])('%j is not the name of an image', (reference) => {
  expect(() => requireImageReference('image', reference)).toThrow(`'image' (${shortened(reference)}) is not the name of an image: give <registry>/<repository>`);
});

test('a name has a limit, without its tag and digest', () => {
  expect(() => requireImageReference('image', `${'a'.repeat(255)}:tag@${SHA256}`)).not.toThrow();
  expect(() => requireImageReference('image', 'a'.repeat(256))).toThrow('has 256 characters, 255 at most');
});

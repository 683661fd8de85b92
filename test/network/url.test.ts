import { splitUrl, Url } from '../../src/network/url';

test.each([
  ['', ''],
  ['https://a.lab', 'https://a.lab'],
  ['HTTPS://A.lab/x', 'https://A.lab/x'],
  ['https://u:p%40@a.lab:1/b%2Fc?x=1#f', 'https://u:p%40@a.lab:1/b%2Fc?x=1#f'],
  ['https://a.lab/\u00e4 b', 'https://a.lab/%C3%A4%20b'],
  ['https://a.lab/%7Eb', 'https://a.lab/%7Eb'],
  ['https://a.lab?', 'https://a.lab?'],
  ['https://a.lab/#a%20b!', 'https://a.lab/#a%20b!'],
  ['mailto:x?y', 'mailto:x?y'],
  ['file:///a', 'file:///a'],
  ['file:/a', 'file:/a'],
  ['/a/b', '/a/b'],
  ['//h/p', '//h/p'],
  ['x/y', 'x/y'],
  ['*', '*'],
  ['https://[fd00::1%25eth0]:5', 'https://[fd00::1%25eth0]:5'],
  ['https://\u00e4.lab', 'https://%C3%A4.lab'],
  ['https://[bad', undefined],
  ['https://a.lab:port', undefined],
  ['https://a b', undefined],
  ['https://a%41', undefined],
  ['https://u^@a.lab', undefined],
  ['https://u%zz@a.lab', undefined],
  ['https://a.lab/%zz', undefined],
  ['https://a.lab/#%zz', undefined],
  [':x', undefined],
  ['1:x', undefined],
  ['a\nb', undefined],
])('url %j', (text, expected) => {
  expect(Url.parse(text)?.toString()).toBe(expected);
});

test.each([
  ['https://cp.example.org', { scheme: 'https', host: 'cp.example.org', path: '' }],
  ['HTTPS://a:b@[fd00::1]:6443/c%2Fd?e=f#g', { scheme: 'https', user: 'a:b', host: 'fd00::1', port: '6443', path: '/c%2Fd', query: '?e=f', fragment: '#g' }],
  ['https://', { scheme: 'https', host: '', path: '' }],
  ['cp.example.org', undefined],
  ['https:/cp.example.org', undefined],
  ['https://fd00::1:6443', undefined],
])('the written parts of %j', (text, parts) => {
  expect(splitUrl(text)).toEqual(parts);
});
